import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { TextLink } from '@/components/ui/text-link'
import { findSignedInUser } from '@/lib/accounts/acting-admin/acting-admin'
import { getAuth } from '@/lib/accounts/auth/auth'
import { safePath } from '@/lib/accounts/auth/safe-path'
import { enterCode, enterRecoveryCode } from './actions'
import { CodeForm } from './code-form'

export const metadata: Metadata = { title: 'Enter your code' }

/** The second step of signing in, for who has two-factor authentication on. */
export default async function CodePage({ searchParams }: PageProps<'/sign-in/code'>) {
  const { next: given, by } = await searchParams
  const next = safePath(given)
  if (await findSignedInUser()) redirect(next)
  const signInHref = `/sign-in?next=${encodeURIComponent(next)}`
  const auth = await getAuth()
  if (!(await auth.api.findPendingSignIn({ headers: await headers() }))) redirect(signInHref)
  const byRecoveryCode = by === 'recovery-code'
  const here = `/sign-in/code?next=${encodeURIComponent(next)}`
  return (
    <>
      <h1 className="font-semibold text-xl">{byRecoveryCode ? 'Enter a recovery code' : 'Enter your code'}</h1>
      <p className="mt-1 mb-4 text-muted text-sm">
        {byRecoveryCode
          ? 'One of the ten that you saved when you turned two-factor authentication on. Each works once.'
          : 'Your authenticator app shows six digits for Keyholder.'}
      </p>
      <CodeForm
        key={String(byRecoveryCode)}
        byRecoveryCode={byRecoveryCode}
        next={next}
        onEnter={byRecoveryCode ? enterRecoveryCode : enterCode}
      />
      <p className="mt-4 flex flex-wrap justify-between gap-x-4 gap-y-2 border-line border-t pt-4 text-muted text-sm">
        <TextLink href={byRecoveryCode ? here : `${here}&by=recovery-code`}>
          {byRecoveryCode ? 'Use your app' : 'Use a recovery code'}
        </TextLink>
        <TextLink href={signInHref}>Start again</TextLink>
      </p>
    </>
  )
}
