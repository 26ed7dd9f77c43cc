import type { Metadata } from 'next'
import { TextLink } from '@/components/ui/text-link'
import { findPasswordReset } from '@/lib/accounts/password-resets/queries'
import { chooseNewPassword } from './actions'
import { ResetPasswordForm } from './reset-password-form'

export const metadata: Metadata = { title: 'New password' }

/** Where the link of a mail leads. Looking at it does not use it up: mail programs do that by themselves. */
export default async function ResetPasswordPage({ params }: PageProps<'/reset-password/[token]'>) {
  const { token } = await params
  const reset = await findPasswordReset(token)
  if (!reset) {
    return (
      <>
        <h1 className="font-semibold text-xl">This link cannot be used</h1>
        <p className="mt-1 mb-4 text-muted text-sm">It was used already, or is more than an hour old.</p>
        <TextLink href="/forgot-password">Ask for a new link</TextLink>
      </>
    )
  }
  return <ResetPasswordForm email={reset.email} onChoose={chooseNewPassword.bind(null, token)} />
}
