import { join } from 'node:path'

const folder = process.env.E2E_FOLDER
if (!folder) throw new Error('E2E_FOLDER is missing: playwright.config.ts sets it.')

/** Cookies of a session in the demo workspace. */
export const demoSession = join(folder, 'demo-session.json')

/** Cookies of a session in a second workspace, of which no test changes anything. */
export const otherSession = join(folder, 'other-session.json')

/** An API key of the demo workspace. */
export const demoApiKey = join(folder, 'demo-api-key')

/** A copy of what the workspaces were filled with, for servers of a test's own. */
export const seededData = join(folder, 'seeded-data')

/** An empty or absent folder of a test's own, for a server of its own. */
export const ownFolder = (name: string) => join(folder, name)
