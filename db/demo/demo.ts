import type { Calendar } from './calendar'
import type { NewId, Random } from './random'

/** What every part of the demo's data is made with. */
export type Demo = {
  workspaceId: string
  random: Random
  newId: NewId
  calendar: Calendar
}

/** The admins in the demo's history; the first is who “Explore the demo” signs in as. */
export const managers = ['Dana Reyes', 'Priya Raman', 'Tom Okafor'] as const
