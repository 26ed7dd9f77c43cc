import { getCountries } from 'libphonenumber-js/min'
import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { serverConfiguration } from '@/lib/configuration'
import { hasAccounts } from '@/lib/workspaces/queries'
import { SetupForm } from './setup-form'

export const metadata: Metadata = { title: 'Set up' }

export default async function SetupPage() {
  // With the demo on, anybody may come; nobody of them shall become the owner.
  if (serverConfiguration().demo || (await hasAccounts())) redirect('/sign-in')
  const names = new Intl.DisplayNames('en', { type: 'region' })
  const countries = getCountries()
    .map((code) => ({ code: code as string, name: names.of(code) ?? code }))
    .sort((one, other) => one.name.localeCompare(other.name, 'en'))
  return <SetupForm countries={countries} />
}
