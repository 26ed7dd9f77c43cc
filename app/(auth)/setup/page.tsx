import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { listCountries } from '@/lib/accounts/workspaces/countries'
import { hasAccounts } from '@/lib/accounts/workspaces/queries'
import { serverConfiguration } from '@/lib/platform/configuration'
import { SetupForm } from './setup-form'

export const metadata: Metadata = { title: 'Set up' }

export default async function SetupPage() {
  // With the demo on, anybody may come; nobody of them shall become the owner.
  if (serverConfiguration().demo || (await hasAccounts())) redirect('/sign-in')
  return <SetupForm countries={listCountries()} />
}
