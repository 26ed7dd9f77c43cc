import type { Metadata } from 'next'
import { Button } from '@/components/ui/button'
import { TextLink } from '@/components/ui/text-link'
import { findSignedInUser } from '@/lib/accounts/acting-admin/acting-admin'
import { roleDescriptions, roleName } from '@/lib/accounts/members/member'
import { findOpenInvitation } from '@/lib/accounts/members/queries'
import { join, joinWithNewAccount, signOutToJoin } from './actions'
import { JoinForm, NewAccountForm } from './join-form'

export const metadata: Metadata = { title: 'Invitation' }

/** Where an invitation's link leads. */
export default async function InvitationPage({ params }: PageProps<'/invitations/[token]'>) {
  const { token } = await params
  const [invitation, user] = await Promise.all([findOpenInvitation(token), findSignedInUser()])
  if (!invitation) {
    return (
      <>
        <h1 className="font-semibold text-xl">This invitation cannot be accepted</h1>
        <p className="mt-1 mb-4 text-muted text-sm">
          It was used already, was revoked or is more than a week old. Ask who invited you for a new one.
        </p>
        <TextLink href="/">{user ? 'Go to your workspace' : 'Sign in'}</TextLink>
      </>
    )
  }
  const { workspaceName, role, email, createdBy } = invitation
  return (
    <>
      <h1 className="font-semibold text-xl [overflow-wrap:anywhere]">Join {workspaceName}</h1>
      <p className="mt-1 mb-4 text-muted text-sm">
        {createdBy} invites you as {roleName(role).toLowerCase()}. {roleDescriptions[role]}.
      </p>
      {user ? (
        <>
          <JoinForm name={user.name} onJoin={join.bind(null, token)} />
          <form action={signOutToJoin.bind(null, token)} className="mt-4 border-line border-t pt-4">
            <p className="mb-2 text-muted text-sm">You are signed in as {user.email}.</p>
            <Button type="submit" className="w-full">
              Use another account
            </Button>
          </form>
        </>
      ) : (
        <>
          <NewAccountForm email={email} onJoin={joinWithNewAccount.bind(null, token)} />
          <p className="mt-4 border-line border-t pt-4 text-muted text-sm">
            You have an account already?{' '}
            <TextLink href={`/sign-in?next=${encodeURIComponent(`/invitations/${token}`)}`}>Sign in</TextLink>
          </p>
        </>
      )}
    </>
  )
}
