import { and, desc, eq, gt, sql } from 'drizzle-orm'
import { database } from '@/db/client'
import { sessions } from '@/db/schema/accounts'
import { idleSince } from '../auth/session-lifetime'
import type { SessionListItem } from './account'
import { deviceInWords } from './device'

/** Where an account is signed in: the session that asks first, then the newest. */
export async function listSessions({
  userId,
  sessionId,
}: {
  userId: string
  sessionId: string
}): Promise<SessionListItem[]> {
  const connection = await database()
  const rows = await connection
    .select()
    .from(sessions)
    .where(and(eq(sessions.userId, userId), gt(sessions.expiresAt, sql`now()`), gt(sessions.updatedAt, idleSince())))
    .orderBy(desc(sql`${sessions.id} = ${sessionId}`), desc(sessions.createdAt), desc(sessions.id))
    .limit(100)
  return rows.map((row) => ({
    sessionId: row.id,
    device: deviceInWords(row.userAgent),
    ipAddress: row.ipAddress || null,
    createdAt: row.createdAt.toISOString(),
    isCurrent: row.id === sessionId,
  }))
}
