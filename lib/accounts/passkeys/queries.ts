import { asc, eq } from 'drizzle-orm'
import { database } from '@/db/client'
import { passkeys } from '@/db/schema/accounts'
import type { PasskeyListItem } from './passkey'

/** An account's passkeys, the oldest first. */
export async function listPasskeys(userId: string): Promise<PasskeyListItem[]> {
  const connection = await database()
  const rows = await connection
    .select()
    .from(passkeys)
    .where(eq(passkeys.userId, userId))
    .orderBy(asc(passkeys.createdAt), asc(passkeys.id))
  return rows.map((row) => ({
    passkeyId: row.id,
    name: row.name,
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  }))
}
