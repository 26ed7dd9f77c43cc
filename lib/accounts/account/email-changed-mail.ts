import { composeMail, type Mail } from '@/lib/background/mail/mail'
import { serverConfiguration } from '@/lib/platform/configuration'

/** Tells who had an account's former address that it signs in with another one now. */
export function emailChangedMail({ to, newEmail }: { to: string; newEmail: string }): Promise<Mail> {
  return composeMail({
    to,
    subject: 'The email address of your Keyholder account was changed',
    paragraphs: [
      `On ${serverConfiguration().baseUrl}, your account signs in with ${newEmail} from now on, no longer with ${to}.`,
      'If it was you, you need not do anything. If it was not, tell an owner of your workspace at once.',
    ],
  })
}
