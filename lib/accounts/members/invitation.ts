import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { memberRoles } from '@/db/schema/workspaces'
import type { MailStanding } from '@/lib/background/mail/mail'
import { blankToNull, lineOfText } from '@/lib/platform/input'
import type { Role } from '@/lib/platform/permissions'
import { newPassword } from '../auth/password'
import { signInAddress } from '../auth/sign-in-address'

/** An invitation that is open, as the Members page shows it; times are ISO 8601. */
export type InvitationListItem = {
  invitationId: string
  role: Role
  /** Only who signs in with this address may accept; null: whoever has the link. */
  email: string | null
  createdBy: string
  createdAt: string
  expiresAt: string
  /** What became of the mail with its link; null: none was sent. */
  mail: MailStanding | null
}

/** What an invitation's own page shows to who has the link. */
export type OpenInvitation = { workspaceName: string; role: Role; email: string | null; createdBy: string }

/** One of the four roles. */
export const roleSchema = z.enum(memberRoles, { error: 'Choose a role from the list.' })

/** What inviting somebody asks for. */
export const newInvitationSchema = z.object({
  role: roleSchema,
  email: z.preprocess((value) => blankToNull(value) ?? null, signInAddress().nullable()),
})

/** What making an account on an invitation's page asks for. */
export const invitedAccountSchema = z.object({
  name: lineOfText('Your name', 100),
  email: signInAddress(),
  password: newPassword(),
})

/** A new invitation's secret: 256 random bits, as they stand in its link. */
export function generateInvitationToken(): string {
  return randomBytes(32).toString('base64url')
}

/**
 * The hash by which an invitation is found: SHA-256, hexadecimal. The secret is random enough to need no salt.
 *
 * @param token from a link or an action's arguments, so anything.
 */
export function hashInvitationToken(token: unknown): string {
  return createHash('sha256').update(String(token)).digest('hex')
}
