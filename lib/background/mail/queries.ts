import { and, desc, eq, gt, inArray, sql } from 'drizzle-orm'
import { database } from '@/db/client'
import { mails } from '@/db/schema/mails'
import type { Transaction } from '@/lib/platform/transaction'
import type { MailStanding } from './mail'

/** What became of the newest mail about each subject, by the subject's id; those without a mail are left out. */
export async function findMailStandings(subjectIds: string[]): Promise<Map<string, MailStanding>> {
  if (subjectIds.length === 0) return new Map()
  const connection = await database()
  const rows = await connection
    .selectDistinctOn([mails.subjectId], {
      subjectId: mails.subjectId,
      status: mails.status,
      finishedAt: mails.finishedAt,
    })
    .from(mails)
    .where(inArray(mails.subjectId, subjectIds))
    .orderBy(mails.subjectId, desc(mails.mailId))
  return new Map(
    rows.map(({ subjectId, status, finishedAt }) => [
      subjectId,
      status === 'pending' || !finishedAt ? { status: 'pending', at: null } : { status, at: finishedAt.toISOString() },
    ]),
  )
}

/** Whether a mail about something was queued within so many seconds. */
export async function wasMailedWithin(transaction: Transaction, subjectId: string, seconds: number): Promise<boolean> {
  const recent = gt(mails.createdAt, sql`now() - make_interval(secs => ${seconds})`)
  return (await transaction.$count(mails, and(eq(mails.subjectId, subjectId), recent))) > 0
}
