import { sql } from 'drizzle-orm'
import { type AnyPgColumn, pgPolicy } from 'drizzle-orm/pg-core'

/**
 * What a serving role sees of a table: the rows of the workspace that its connection is set to. The role that
 * owns the tables, and so the embedded database, sees all of it.
 */
export const ofOneWorkspace = (workspaceId: AnyPgColumn) =>
  pgPolicy('of_one_workspace', { using: sql`${workspaceId} = scoped_workspace()` })

/** The same for a table that some work reads or writes across workspaces, in the `server` scope. */
export const ofOneWorkspaceOrServer = (workspaceId: AnyPgColumn) =>
  pgPolicy('of_one_workspace', {
    // A case and not an "or": the planner takes an "or" to find next to nothing, and joins accordingly.
    using: sql`case current_setting('keyholder.scope', true) when 'server' then true else ${workspaceId} = scoped_workspace() end`,
  })
