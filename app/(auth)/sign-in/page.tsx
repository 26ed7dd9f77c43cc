import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { findActingAdmin } from '@/lib/accounts/acting-admin/acting-admin'
import { safePath } from '@/lib/accounts/auth/safe-path'
import { relyingParty } from '@/lib/accounts/proof/relying-party'
import { hasAccounts } from '@/lib/accounts/workspaces/queries'
import { serverConfiguration } from '@/lib/platform/configuration'
import { exploreDemo } from './actions'
import { PasskeyButton } from './passkey-button'
import { SignInForm } from './sign-in-form'

export const metadata: Metadata = { title: 'Sign in' }

export default async function SignInPage({ searchParams }: PageProps<'/sign-in'>) {
  const { next: given, password, demo: demoState } = await searchParams
  const next = safePath(given)
  if (await findActingAdmin()) redirect(next)
  const { demo } = serverConfiguration()
  const party = relyingParty()
  const anybody = await hasAccounts()
  if (!anybody && !demo) redirect('/setup')
  return (
    <>
      {demo && (
        <form action={exploreDemo} className={anybody ? 'mb-6 border-line border-b pb-6' : undefined}>
          <h1 className="font-semibold text-xl">See Keyholder at work</h1>
          <p className="mt-1 mb-4 text-muted text-sm">
            A property company with three buildings, five access systems and about 240 people. Change anything: the
            workspace menu puts it back.
          </p>
          {demoState === 'busy' && (
            <div role="alert" className="mb-4">
              <Notice tone="danger">Too many attempts. Wait a minute, then try again.</Notice>
            </div>
          )}
          <input type="hidden" name="next" value={next} />
          <Button type="submit" variant="primary" className="w-full">
            Explore the demo
          </Button>
        </form>
      )}
      {password === 'changed' && (
        <div role="status" className="mb-4">
          <Notice tone="info">Your password was changed. Sign in with the new one.</Notice>
        </div>
      )}
      {anybody && <SignInForm next={next} headingLevel={demo ? 2 : 1} />}
      {anybody && party && <PasskeyButton next={next} origin={party.origin} />}
    </>
  )
}
