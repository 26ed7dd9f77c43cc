import { and, eq } from 'drizzle-orm'
import { database } from '@/db/client'
import { twoFactors } from '@/db/schema/accounts'
import { recoveryCodesIn } from '../proof/take-code'
import type { TwoFactorStatus } from '../proof/two-factor'

/** Whether an account has two-factor authentication on, and how many of its recovery codes are not used yet. */
export async function twoFactorStatusOf(userId: string): Promise<TwoFactorStatus> {
  const connection = await database()
  const [row] = await connection
    .select({ backupCodes: twoFactors.backupCodes })
    .from(twoFactors)
    .where(and(eq(twoFactors.userId, userId), eq(twoFactors.verified, true)))
  if (!row) return { isOn: false, recoveryCodesLeft: 0 }
  return { isOn: true, recoveryCodesLeft: (await recoveryCodesIn(row)).length }
}
