import { composeMail, type Mail } from '@/lib/background/mail/mail'
import { serverConfiguration } from '@/lib/platform/configuration'
import type { Role } from '@/lib/platform/permissions'
import { invitationDays, roleDescriptions, roleName } from './member'

/** The mail that invites somebody to a workspace, with the link that lets them in. */
export function invitationMail(invitation: {
  to: string
  token: string
  workspaceName: string
  invitedBy: string
  role: Role
}): Promise<Mail> {
  const { to, token, workspaceName, invitedBy, role } = invitation
  return composeMail({
    to,
    subject: `${invitedBy} invites you to ${workspaceName} on Keyholder`,
    paragraphs: [
      `${invitedBy} invites you to join ${workspaceName} on Keyholder as ${roleName(role).toLowerCase()}. What you may do there: ${roleDescriptions[role].toLowerCase()}.`,
      `The link works once, for ${invitationDays} days, and only for who signs in with ${to}. If you do not expect this invitation, you need not do anything.`,
    ],
    link: { label: `Join ${workspaceName}`, href: `${serverConfiguration().baseUrl}/invitations/${token}` },
  })
}
