import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { Button, ButtonLink } from '@/components/ui/button'
import { PageHeader } from '@/components/ui/page-header'
import { requireAdmin } from '@/lib/accounts/acting-admin/acting-admin'
import { listPasskeys } from '@/lib/accounts/passkeys/queries'
import { twoFactorStatusOf } from '@/lib/accounts/two-factor/queries'
import { signOut } from '../../(auth)/sign-in/actions'

export const metadata: Metadata = { title: 'Second factor required' }

/** Where members are led who lack the second factor that their workspace demands. */
export default async function SecondFactorPage() {
  const { isHeldUp, workspace, workspaces, userId } = await requireAdmin({ ofNoWorkspace: true })
  if (!isHeldUp) redirect('/')
  const { isOn } = await twoFactorStatusOf(userId)
  if (isOn) return <CodeMissing workspace={workspace.name} />
  const hasPasskey = (await listPasskeys(userId)).length > 0
  return (
    <div className="max-w-prose">
      <PageHeader title="A second factor is required" />
      <div className="flex flex-col gap-4 text-sm">
        <p>
          “{workspace.name}” lets in only members who sign in with more than a password. Turn on two-factor
          authentication with an app on your phone; it takes a minute.
        </p>
        {hasPasskey ? (
          <p>You also have a passkey: sign out, and sign in with it.</p>
        ) : (
          <p>Or add a passkey to your account, sign out, and sign in with it.</p>
        )}
        <form action={signOut} className="flex flex-wrap gap-2">
          <ButtonLink variant="primary" href="/settings/account#two-factor">
            Set up a second factor
          </ButtonLink>
          <Button type="submit">Sign out</Button>
        </form>
        {workspaces.length > 1 && (
          <p className="text-muted">Your other workspaces are in the workspace menu, as before.</p>
        )}
      </div>
    </div>
  )
}

/** Two-factor authentication was turned on elsewhere, after the password alone had signed in here. */
function CodeMissing({ workspace }: { workspace: string }) {
  return (
    <div className="max-w-prose">
      <PageHeader title="Sign in again with a code" />
      <form action={signOut} className="flex flex-col items-start gap-4 text-sm">
        <p>
          “{workspace}” lets in only members who sign in with more than a password. You signed in here before you turned
          two-factor authentication on, so no code was asked for.
        </p>
        <Button type="submit" variant="primary">
          Sign out
        </Button>
      </form>
    </div>
  )
}
