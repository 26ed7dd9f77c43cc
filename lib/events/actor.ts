import type { actorKinds } from '@/db/schema/events'

/** Who acts, and in which workspace: every command's first argument. */
export type Actor = {
  workspaceId: string
  kind: (typeof actorKinds)[number]
  id: string | null
  name: string
  requestId?: string
}
