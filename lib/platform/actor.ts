import type { actorKinds } from '@/db/schema/events'

/** Who acts, and in which workspace: every command's first argument. */
export type Actor = {
  workspaceId: string
  kind: (typeof actorKinds)[number]
  id: string | null
  name: string
  requestId?: string
  /** What this action or request does is one change, undone as a whole; without it, each command is one. */
  changeId?: string
  /** The change that is being taken back. */
  undoesChangeId?: string
}
