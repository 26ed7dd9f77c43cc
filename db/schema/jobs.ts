import { sql } from 'drizzle-orm'
import {
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { oneOf } from './columns'
import { ofOneWorkspaceOrServer } from './wall'
import { workspaces } from './workspaces'

export const jobStates = ['queued', 'running', 'done', 'failed', 'canceled'] as const

/**
 * Work that takes longer than a request. It is done in steps; what a step did and where the job then
 * stands commit together, so that after a crash it goes on where it was.
 */
export const jobs = pgTable(
  'jobs',
  {
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.workspaceId, { onDelete: 'cascade' }),
    jobId: uuid('job_id').notNull(),
    /** What is to be done; each kind has its handler. */
    kind: text('kind').notNull(),
    /** What it is to be done to, such as an import. */
    subjectId: uuid('subject_id').notNull(),
    /** The admin who ordered it. */
    actorId: text('actor_id'),
    actorName: text('actor_name').notNull(),
    state: text('state', { enum: jobStates }).notNull().default('queued'),
    /** Where the next step begins, in the handler's own terms. */
    cursor: jsonb('cursor').$type<unknown>(),
    done: integer('done').notNull().default(0),
    total: integer('total').notNull(),
    /** How often the step that is due has failed. */
    failures: integer('failures').notNull().default(0),
    /** When the next step may be taken; later than now after a failure. */
    dueAt: timestamp('due_at', { withTimezone: true }).notNull().defaultNow(),
    /** When its last step ended, well or not. Workspaces take turns by it. */
    steppedAt: timestamp('stepped_at', { withTimezone: true }),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    finishedAt: timestamp('finished_at', { withTimezone: true }),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.jobId] }),
    index('jobs_due').on(table.dueAt).where(sql`${table.state} in ('queued', 'running')`),
    index('jobs_next').on(table.workspaceId, table.dueAt).where(sql`${table.state} in ('queued', 'running')`),
    index('jobs_last_step').on(table.workspaceId, table.steppedAt).where(sql`${table.steppedAt} is not null`),
    uniqueIndex('jobs_one_at_a_time')
      .on(table.workspaceId, table.subjectId)
      .where(sql`${table.state} in ('queued', 'running')`),
    index('jobs_of_subject').on(table.workspaceId, table.subjectId, table.jobId),
    check('jobs_state', oneOf(table.state, jobStates)),
    check('jobs_progress', sql`${table.done} >= 0 and ${table.done} <= ${table.total}`),
    check('jobs_finished', sql`(${table.finishedAt} is not null) = (${table.state} in ('done', 'failed', 'canceled'))`),
    ofOneWorkspaceOrServer(table.workspaceId),
  ],
)
