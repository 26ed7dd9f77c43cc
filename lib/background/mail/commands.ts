import { and, eq, lt, sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { mails, shareOfAccounts } from '@/db/schema/mails'
import { mailSettings } from '@/lib/platform/mail-settings'
import { inTransaction, type Transaction } from '@/lib/platform/transaction'
import { sealMail } from './content'
import type { Mail } from './mail'

const keptForDays = 30

/**
 * Has a mail sent once the caller's transaction has committed, or, where mails are not configured, does
 * nothing.
 *
 * @param about `kind` is what the mail tells, `subjectId` what it is about, `workspaceId` whose share of the
 *   sending it takes (null: that of all accounts), `usefulForHours` how long it is worth trying to send it.
 * @returns whether it will be sent.
 */
export async function queueMail(
  transaction: Transaction,
  about: { kind: string; subjectId: string; workspaceId: string | null; usefulForHours: number },
  mail: Mail,
): Promise<boolean> {
  if (!mailSettings()) return false
  const { kind, subjectId, workspaceId, usefulForHours } = about
  await transaction.insert(mails).values({
    mailId: uuidv7(),
    kind,
    subjectId,
    shareId: workspaceId ?? shareOfAccounts,
    content: await sealMail(mail),
    expiresAt: sql`now() + make_interval(hours => ${usefulForHours})`,
  })
  return true
}

/** Takes back the mails about something that were not sent yet. One that is just being sent still arrives. */
export async function cancelMails(transaction: Transaction, subjectId: string): Promise<void> {
  await transaction.delete(mails).where(and(eq(mails.subjectId, subjectId), eq(mails.status, 'pending')))
}

/** Forgets what became of mails a month ago. */
export async function pruneMails(): Promise<void> {
  await inTransaction((transaction) =>
    transaction.delete(mails).where(lt(mails.finishedAt, sql`now() - make_interval(days => ${keptForDays})`)),
  )
}
