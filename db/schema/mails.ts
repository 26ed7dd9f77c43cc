import { sql } from 'drizzle-orm'
import { check, index, integer, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { oneOf } from './columns'

/** The share of mails about an account, which belongs to no workspace. */
export const shareOfAccounts = '00000000-0000-0000-0000-000000000000'

export const mailStatuses = ['pending', 'sent', 'failed'] as const

/** Emails that are to be sent, queued in the transaction of what they tell, and what became of them. */
export const mails = pgTable(
  'mails',
  {
    mailId: uuid('mail_id').primaryKey(),
    /** What it tells, such as `invitation`. */
    kind: text('kind').notNull(),
    /** What it is about: an invitation, or an account. */
    subjectId: uuid('subject_id').notNull(),
    /** The workspace whose turns it takes, or the share of all accounts. */
    shareId: uuid('share_id').notNull().default(shareOfAccounts),
    /** The mail itself, encrypted: its links let in who has them. Null once it is sent or given up. */
    content: text('content'),
    status: text('status', { enum: mailStatuses }).notNull().default('pending'),
    attempts: integer('attempts').notNull().default(0),
    nextAttemptAt: timestamp('next_attempt_at', { withTimezone: true }).notNull().defaultNow(),
    /** When a process last claimed it. Shares take turns by it. */
    claimedAt: timestamp('claimed_at', { withTimezone: true }),
    /** After which it would tell nothing that is of use, and is given up. */
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    finishedAt: timestamp('finished_at', { withTimezone: true }),
  },
  (table) => [
    index('mails_due').on(table.nextAttemptAt).where(sql`${table.status} = 'pending'`),
    index('mails_next').on(table.shareId, table.nextAttemptAt).where(sql`${table.status} = 'pending'`),
    index('mails_last_claim').on(table.shareId, table.claimedAt).where(sql`${table.claimedAt} is not null`),
    index('mails_of_subject').on(table.subjectId, table.mailId),
    index('mails_finished').on(table.finishedAt),
    check('mails_status', oneOf(table.status, mailStatuses)),
    check('mails_content_while_pending', sql`(${table.content} is not null) = (${table.status} = 'pending')`),
    check('mails_finished_at', sql`(${table.finishedAt} is null) = (${table.status} = 'pending')`),
  ],
)
