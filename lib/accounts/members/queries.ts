import { and, asc, desc, eq, gt, isNull, sql } from 'drizzle-orm'
import { database, primaryDatabase } from '@/db/client'
import { users } from '@/db/schema/accounts'
import { workspaceInvitations, workspaceMembers, workspaces } from '@/db/schema/workspaces'
import { acrossWorkspaces } from '@/db/scope'
import { findMailStandings } from '@/lib/background/mail/queries'
import { hashInvitationToken, type InvitationListItem, type OpenInvitation } from './invitation'
import type { MemberListItem } from './member'

/** A workspace's members, who came first first. */
export async function listMembers(workspaceId: string): Promise<MemberListItem[]> {
  const connection = await database()
  const rows = await connection
    .select({
      userId: users.id,
      name: users.name,
      email: users.email,
      role: workspaceMembers.role,
      joinedAt: workspaceMembers.createdAt,
      hasTwoFactor: users.twoFactorEnabled,
    })
    .from(workspaceMembers)
    .innerJoin(users, eq(users.id, workspaceMembers.userId))
    .where(eq(workspaceMembers.workspaceId, workspaceId))
    .orderBy(asc(workspaceMembers.createdAt), asc(users.id))
  return rows.map((row) => ({ ...row, joinedAt: row.joinedAt.toISOString() }))
}

/** An invitation that can still be accepted. */
export const isOpen = and(
  isNull(workspaceInvitations.acceptedAt),
  isNull(workspaceInvitations.revokedAt),
  gt(workspaceInvitations.expiresAt, sql`now()`),
)

/** A workspace's invitations that can still be accepted, newest first. */
export async function listInvitations(workspaceId: string): Promise<InvitationListItem[]> {
  const connection = await database()
  const rows = await connection
    .select({
      invitationId: workspaceInvitations.invitationId,
      role: workspaceInvitations.role,
      email: workspaceInvitations.email,
      createdBy: workspaceInvitations.createdBy,
      createdAt: workspaceInvitations.createdAt,
      expiresAt: workspaceInvitations.expiresAt,
    })
    .from(workspaceInvitations)
    .where(and(eq(workspaceInvitations.workspaceId, workspaceId), isOpen))
    .orderBy(desc(workspaceInvitations.createdAt), desc(workspaceInvitations.invitationId))
  const standings = await findMailStandings(rows.map(({ invitationId }) => invitationId))
  return rows.map((row) => ({
    ...row,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    mail: standings.get(row.invitationId) ?? null,
  }))
}

/** The invitation that a link leads to; null once it is used, revoked or out of date, and for what is none. */
export async function findOpenInvitation(token: string): Promise<OpenInvitation | null> {
  return acrossWorkspaces(async () => {
    // Whoever follows a link that was just made is no one who wrote lately.
    const connection = await primaryDatabase()
    const [row] = await connection
      .select({
        workspaceName: workspaces.name,
        role: workspaceInvitations.role,
        email: workspaceInvitations.email,
        createdBy: workspaceInvitations.createdBy,
      })
      .from(workspaceInvitations)
      .innerJoin(workspaces, eq(workspaces.workspaceId, workspaceInvitations.workspaceId))
      .where(and(eq(workspaceInvitations.tokenHash, hashInvitationToken(token)), isOpen))
    return row ?? null
  })
}
