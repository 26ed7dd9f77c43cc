import { composeMail, type Mail } from '@/lib/background/mail/mail'
import { serverConfiguration } from '@/lib/platform/configuration'

/** Tells an account's owner that there is another way into it now. */
export function passkeyAddedMail({ to }: { to: string }): Promise<Mail> {
  return composeMail({
    to,
    subject: 'A passkey was added to your Keyholder account',
    paragraphs: [
      `On ${serverConfiguration().baseUrl}, ${to} can also sign in by a new passkey.`,
      'If it was you, you need not do anything. If it was not, change your password under Settings → Account, remove the passkey there, and tell an owner of your workspace at once.',
    ],
  })
}
