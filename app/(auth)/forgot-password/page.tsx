import type { Metadata } from 'next'
import { TextLink } from '@/components/ui/text-link'
import { mailSettings } from '@/lib/platform/mail-settings'
import { ForgotPasswordForm } from './forgot-password-form'

export const metadata: Metadata = { title: 'Forgot password' }

/** Asked for at each visit: whether mails are sent is known to the running server, not to the build. */
export const dynamic = 'force-dynamic'

/** Where who has forgotten their password asks for a link, or reads whom to ask. */
export default function ForgotPasswordPage() {
  if (mailSettings()) return <ForgotPasswordForm />
  return (
    <>
      <h1 className="font-semibold text-xl">Forgot password</h1>
      <p className="mt-1 mb-4 text-muted text-sm">
        This server sends no email. Ask whoever runs it for a link by which you choose a new password.
      </p>
      <TextLink href="/sign-in">Back to sign in</TextLink>
    </>
  )
}
