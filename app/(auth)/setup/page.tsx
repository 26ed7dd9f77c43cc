import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { serverConfiguration } from '@/lib/configuration'
import { listCountries } from '@/lib/workspaces/countries'
import { hasAccounts } from '@/lib/workspaces/queries'
import { SetupForm } from './setup-form'

export const metadata: Metadata = { title: 'Set up' }

export default async function SetupPage() {
  // With the demo on, anybody may come; nobody of them shall become the owner.
  if (serverConfiguration().demo || (await hasAccounts())) redirect('/sign-in')
  return <SetupForm countries={listCountries()} />
}
