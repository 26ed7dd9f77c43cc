import { and, eq } from 'drizzle-orm'
import { database } from '@/db/client'
import { twoFactors } from '@/db/schema/accounts'
import { decrypt } from '../auth/encryption'
import type { TwoFactorStatus } from './two-factor'

/** Whether an account has two-factor authentication on, and how many of its recovery codes are not used yet. */
export async function twoFactorStatusOf(userId: string): Promise<TwoFactorStatus> {
  const connection = await database()
  const [row] = await connection
    .select({ backupCodes: twoFactors.backupCodes })
    .from(twoFactors)
    .where(and(eq(twoFactors.userId, userId), eq(twoFactors.verified, true)))
  if (!row) return { isOn: false, recoveryCodesLeft: 0 }
  // With another AUTH_SECRET none of them can be used.
  const codes = JSON.parse((await decrypt(row.backupCodes)) ?? '[]')
  return { isOn: true, recoveryCodesLeft: codes.length }
}
