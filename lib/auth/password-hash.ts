import { eq } from 'drizzle-orm'
import { primaryDatabase } from '@/db/client'
import { accounts } from '@/db/schema/accounts'
import { logger } from '../logger'
import { runPasswordWork } from './password-work'

/**
 * The hash by which a password is kept.
 *
 * @throws Refusal `server_busy`
 */
export function hashPassword(password: string): Promise<string> {
  return runPasswordWork('hash', password)
}

/**
 * Whether a password is right. An older hash is replaced by one at today's cost.
 *
 * @throws Refusal `server_busy`
 */
export async function verifyPassword({ hash, password }: { hash: string; password: string }): Promise<boolean> {
  const { isRight, raised } = await runPasswordWork('verify', { hash, password })
  if (raised !== null) await replaceHash(hash, raised)
  return isRight
}

/** A password that was changed meanwhile stays changed. */
async function replaceHash(hash: string, raised: string): Promise<void> {
  try {
    const connection = await primaryDatabase()
    await connection.update(accounts).set({ password: raised }).where(eq(accounts.password, hash))
  } catch (error) {
    logger().warn({ error }, 'An older password hash could not be replaced')
  }
}
