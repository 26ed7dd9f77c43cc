import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { ButtonLink } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { TextLink } from '@/components/ui/text-link'
import { findSignedInUser } from '@/lib/accounts/acting-admin/acting-admin'
import { safePath } from '@/lib/accounts/auth/safe-path'
import { twoFactorStatusOf } from '@/lib/accounts/two-factor/queries'

export const metadata: Metadata = { title: 'Recovery code used' }

/** Where signing in by a recovery code leads first: how many of them are left. */
export default async function RecoveryCodeUsedPage({ searchParams }: PageProps<'/sign-in/recovery-code-used'>) {
  const next = safePath((await searchParams).next)
  const user = await findSignedInUser()
  if (!user) redirect(`/sign-in?next=${encodeURIComponent(next)}`)
  const { recoveryCodesLeft: left } = await twoFactorStatusOf(user.userId)
  return (
    <>
      <h1 className="mb-4 font-semibold text-xl">You are signed in</h1>
      <Notice tone={left > 3 ? 'info' : 'warning'}>
        That recovery code is used up. {left === 0 ? 'None is left' : left === 1 ? 'One is left' : `${left} are left`}.
      </Notice>
      <p className="mt-4 mb-4 text-muted text-sm">
        Make new ones, or set up another app, in <TextLink href="/settings/account#two-factor">your account</TextLink>.
      </p>
      <ButtonLink href={next} variant="primary" className="w-full">
        Continue
      </ButtonLink>
    </>
  )
}
