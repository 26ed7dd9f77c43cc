import { and, eq, gt, sql } from 'drizzle-orm'
import { primaryDatabase } from '@/db/client'
import { passwordResets, users } from '@/db/schema/accounts'
import { hashResetToken } from './password-reset'

/** A link that can still be used. */
export const isUsable = gt(passwordResets.expiresAt, sql`now()`)

/** Whose password a link replaces; null once it is used or out of date, and for what is none. */
export async function findPasswordReset(token: string): Promise<{ email: string } | null> {
  // Whoever follows a link that was just made is no one who wrote lately.
  const connection = await primaryDatabase()
  const [row] = await connection
    .select({ email: users.email })
    .from(passwordResets)
    .innerJoin(users, eq(users.id, passwordResets.userId))
    .where(and(eq(passwordResets.tokenHash, hashResetToken(token)), isUsable))
  return row ?? null
}
