import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { Button } from '@/components/ui/button'
import { findActingAdmin, findSignedInUser } from '@/lib/accounts/acting-admin/acting-admin'
import { signOut } from '../sign-in/actions'

export const metadata: Metadata = { title: 'No workspace' }

/** Where somebody is led who is signed in and a member of no workspace: the last one took them out. */
export default async function NoWorkspacePage() {
  if (await findActingAdmin()) redirect('/')
  const user = await findSignedInUser()
  if (!user) redirect('/sign-in')
  return (
    <form action={signOut}>
      <h1 className="font-semibold text-xl">You are not a member of a workspace</h1>
      <p className="mt-1 mb-4 text-muted text-sm">
        You are signed in as {user.email}. Ask an owner of your workspace to invite you, and open the link that they
        send you.
      </p>
      <Button type="submit" className="w-full">
        Sign out
      </Button>
    </form>
  )
}
