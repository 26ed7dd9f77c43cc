import { composeMail, type Mail } from '@/lib/background/mail/mail'
import { serverConfiguration } from '@/lib/platform/configuration'

/** Tells an account's owner that two-factor authentication is on now, or off. */
export function twoFactorMail({ to, isOn }: { to: string; isOn: boolean }): Promise<Mail> {
  const turned = isOn ? 'on' : 'off'
  return composeMail({
    to,
    subject: `Two-factor authentication of your Keyholder account was turned ${turned}`,
    paragraphs: [
      isOn
        ? `On ${serverConfiguration().baseUrl}, ${to} signs in with a code of an authenticator app from now on, after the password.`
        : `On ${serverConfiguration().baseUrl}, ${to} signs in with the password alone from now on.`,
      'If it was you, you need not do anything. If it was not, change your password and tell an owner of your workspace at once.',
    ],
  })
}
