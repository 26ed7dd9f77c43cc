import type { Metadata } from 'next'
import { PasswordForm } from '@/components/account/password-form'
import { ProfileForm } from '@/components/account/profile-form'
import { SessionsList } from '@/components/account/sessions-list'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { Section } from '@/components/ui/section'
import { listSessions } from '@/lib/account/queries'
import { requireAdmin } from '@/lib/auth/acting-admin'
import { demoManagerEmail } from '@/lib/auth/demo-sign-in'
import { savePassword, saveProfile, signOutElsewhere } from './actions'

export const metadata: Metadata = { title: 'Account' }

export default async function AccountPage() {
  const admin = await requireAdmin()
  const { name, email } = admin
  if (email === demoManagerEmail) {
    return (
      <>
        <PageHeader title="Account" detail={`${name}, ${email}`} />
        <Notice tone="info">Everybody who explores the demo shares this account: it cannot be changed.</Notice>
      </>
    )
  }
  const sessions = await listSessions(admin)
  return (
    <>
      <PageHeader title="Account" detail="Yours alone, in every workspace." />
      <div className="flex flex-col gap-6">
        <Section id="profile" title="Profile">
          <ProfileForm profile={{ name, email }} onSave={saveProfile} />
        </Section>
        <Section id="password" title="Password">
          <PasswordForm onChange={savePassword} />
        </Section>
        <Section id="sessions" title="Where you are signed in">
          <SessionsList sessions={sessions} onEnd={signOutElsewhere} />
        </Section>
      </div>
    </>
  )
}
