import { composeMail, type Mail } from '@/lib/background/mail/mail'
import { serverConfiguration } from '@/lib/platform/configuration'
import { resetMinutes } from './password-reset'

/** The mail with the link by which a forgotten password is replaced. */
export function passwordResetMail({ to, token }: { to: string; token: string }): Promise<Mail> {
  const { baseUrl } = serverConfiguration()
  return composeMail({
    to,
    subject: 'Choose a new Keyholder password',
    paragraphs: [
      `Somebody, probably you, asked for a new password for ${to} on ${baseUrl}.`,
      `The link works once, for ${resetMinutes} minutes. If it was not you, you need not do anything: your password stays as it is.`,
    ],
    link: { label: 'Choose a new password', href: resetLink(token) },
  })
}

/** The address at which a new password is chosen. */
export function resetLink(token: string): string {
  return `${serverConfiguration().baseUrl}/reset-password/${token}`
}
