import { sql } from 'drizzle-orm'
import { check, foreignKey, index, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { events } from './events'
import { ofOneWorkspace } from './wall'

/**
 * What somebody has to program at the panel of an access system that's kept by hand: one task for each event that
 * changes an ACS user or its credentials there, but for imports, whose file tells what's at the panel already. A trigger on `events` makes them, and cancels those that an undo takes
 * back before they're done. There's no foreign key to the system: a removed one comes back by undo, its tasks with it.
 */
export const tasks = pgTable(
  'tasks',
  {
    workspaceId: uuid('workspace_id').notNull(),
    /** The event that made it, and its own id. */
    eventId: uuid('event_id').notNull(),
    acsSystemId: uuid('acs_system_id').notNull(),
    acsUserId: uuid('acs_user_id').notNull(),
    doneAt: timestamp('done_at', { withTimezone: true }),
    /** The name of who ticked it off. */
    doneBy: text('done_by'),
    /** The change that took back, before it was done, what it's about. */
    canceledBy: uuid('canceled_by'),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.eventId] }),
    foreignKey({
      name: 'tasks_event_fk',
      columns: [table.workspaceId, table.eventId],
      foreignColumns: [events.workspaceId, events.eventId],
    }).onDelete('cascade'),
    index('tasks_open')
      .on(table.workspaceId, table.acsSystemId, table.eventId)
      .where(sql`${table.doneAt} is null and ${table.canceledBy} is null`),
    index('tasks_done').on(table.workspaceId, table.acsSystemId, table.eventId).where(sql`${table.doneAt} is not null`),
    index('tasks_by_acs_user').on(table.workspaceId, table.acsUserId, table.eventId),
    check('tasks_done_by_somebody', sql`(${table.doneAt} is null) = (${table.doneBy} is null)`),
    check('tasks_not_done_if_canceled', sql`${table.canceledBy} is null or ${table.doneAt} is null`),
    ofOneWorkspace(table.workspaceId),
  ],
)
