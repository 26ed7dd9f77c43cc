import { composeMail, type Mail } from '@/lib/background/mail/mail'
import { serverConfiguration } from '@/lib/platform/configuration'

/** Tells an account's owner that its password is another one now, and whether they're signed out elsewhere. */
export function passwordChangedMail({ to, endsOthers }: { to: string; endsOthers: boolean }): Promise<Mail> {
  return composeMail({
    to,
    subject: 'Your Keyholder password was changed',
    paragraphs: [
      `The password of ${to} on ${serverConfiguration().baseUrl} was changed${endsOthers ? ', and everybody who was signed in with it elsewhere is signed out' : ''}.`,
      'If it was you, you need not do anything. If it was not, choose a new password by “Forgot password” where you sign in, and tell an owner of your workspace.',
    ],
  })
}
