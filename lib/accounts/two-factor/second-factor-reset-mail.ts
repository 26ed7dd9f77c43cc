import { composeMail, type Mail } from '@/lib/background/mail/mail'
import { serverConfiguration } from '@/lib/platform/configuration'

/** Tells an account's owner that who runs the server took their second factor away. */
export function secondFactorResetMail({
  to,
  wasOn,
  passkeysRemoved,
}: {
  to: string
  wasOn: boolean
  passkeysRemoved: number
}): Promise<Mail> {
  const off = wasOn ? ['two-factor authentication was turned off'] : []
  const removed = passkeysRemoved > 0 ? ['all passkeys were removed'] : []
  return composeMail({
    to,
    subject: 'The second factor of your Keyholder account was reset',
    paragraphs: [
      `Who runs ${serverConfiguration().baseUrl} has reset how ${to} signs in: ${[...off, ...removed].join(', and ')}. You are signed out everywhere.`,
      'If you asked for it, sign in and set it up again under Settings → Account. If you did not, change your password and tell an owner of your workspace at once.',
    ],
  })
}
