import { queueMail } from '@/lib/background/mail/commands'
import type { Mail } from '@/lib/background/mail/mail'
import type { Transaction } from '@/lib/platform/transaction'

/** For how long it is of use to tell an account's owner of a change. */
const noticeHours = 48

/** Has an account's owner told of a change by mail, once the change has been made. */
export async function queueNotice(transaction: Transaction, userId: string, kind: string, mail: Mail): Promise<void> {
  await queueMail(transaction, { kind, subjectId: userId, workspaceId: null, usefulForHours: noticeHours }, mail)
}
