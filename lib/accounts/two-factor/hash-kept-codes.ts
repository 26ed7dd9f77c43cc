import { and, eq } from 'drizzle-orm'
import { primaryDatabase } from '@/db/client'
import { twoFactors } from '@/db/schema/accounts'
import { encrypt } from '@/lib/platform/encryption/encrypt-text'
import { hashRecoveryCodes, isHashed } from '../proof/recovery-codes'
import { recoveryCodesIn } from '../proof/take-code'

/**
 * Hashes the recovery codes that older versions have kept encrypted only. All of them go on working.
 *
 * @returns how many accounts had such codes.
 */
export async function hashKeptRecoveryCodes(): Promise<number> {
  const connection = await primaryDatabase()
  let changed = 0
  for (const { id, backupCodes } of await connection.select().from(twoFactors)) {
    const kept = await recoveryCodesIn({ backupCodes })
    const plain = kept.filter((code) => !isHashed(code))
    if (plain.length === 0) continue
    const hashed = [...kept.filter(isHashed), ...(await hashRecoveryCodes(plain))]
    const saved = await connection
      .update(twoFactors)
      .set({ backupCodes: await encrypt(JSON.stringify(hashed)) })
      // One may have been used meanwhile: the next start sees to the others.
      .where(and(eq(twoFactors.id, id), eq(twoFactors.backupCodes, backupCodes)))
      .returning({ id: twoFactors.id })
    changed += saved.length
  }
  return changed
}
