import { eq } from 'drizzle-orm'
import { primaryDatabase } from '@/db/client'
import { accounts } from '@/db/schema/accounts'
import { logger } from '@/lib/platform/logger'
import { rollingUpdateSeconds } from '@/lib/platform/rolling-update'
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
 * Whether a password is right. An older hash is replaced by one at today's cost once a rolling update is over.
 *
 * @throws Refusal `server_busy`
 */
export async function verifyPassword({ hash, password }: { hash: string; password: string }): Promise<boolean> {
  const { isRight, isOutdated } = await runPasswordWork('verify', { hash, password })
  if (isRight && isOutdated && process.uptime() > rollingUpdateSeconds) await replaceHash(hash, password)
  return isRight
}

/** A password that was changed meanwhile stays changed. */
async function replaceHash(hash: string, password: string): Promise<void> {
  try {
    const raised = await hashPassword(password)
    const connection = await primaryDatabase()
    await connection.update(accounts).set({ password: raised }).where(eq(accounts.password, hash))
  } catch (error) {
    logger().warn({ error }, 'An older password hash could not be replaced')
  }
}
