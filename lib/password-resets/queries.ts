import { and, eq, gt, sql } from 'drizzle-orm'
import { database } from '@/db/client'
import { passwordResets, users } from '@/db/schema/accounts'
import { hashResetToken } from './password-reset'

/** A link that can still be used. */
export const isUsable = gt(passwordResets.expiresAt, sql`now()`)

/** Whose password a link replaces; null once it is used or out of date, and for what is none. */
export async function findPasswordReset(token: string): Promise<{ email: string } | null> {
  const connection = await database()
  const [row] = await connection
    .select({ email: users.email })
    .from(passwordResets)
    .innerJoin(users, eq(users.id, passwordResets.userId))
    .where(and(eq(passwordResets.tokenHash, hashResetToken(token)), isUsable))
  return row ?? null
}
