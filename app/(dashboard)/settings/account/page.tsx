import type { Metadata } from 'next'
import { OwnerProofs } from '@/components/account/owner-proof'
import { Passkeys } from '@/components/account/passkeys'
import { PasswordForm } from '@/components/account/password-form'
import { ProfileForm } from '@/components/account/profile-form'
import { SessionsList } from '@/components/account/sessions-list'
import { TwoFactor } from '@/components/account/two-factor'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { Section } from '@/components/ui/section'
import { listSessions } from '@/lib/accounts/account/queries'
import { requireAdmin } from '@/lib/accounts/acting-admin/acting-admin'
import { demoManagerEmail } from '@/lib/accounts/auth/demo-sign-in'
import { listPasskeys } from '@/lib/accounts/passkeys/queries'
import { relyingParty } from '@/lib/accounts/proof/relying-party'
import { twoFactorStatusOf } from '@/lib/accounts/two-factor/queries'
import {
  addMadePasskey,
  beginProofByPasskey,
  beginWithPasskey,
  beginWithTwoFactor,
  confirmWithCode,
  makeRecoveryCodes,
  removeOwnPasskey,
  renameOwnPasskey,
  savePassword,
  saveProfile,
  signOutElsewhere,
  signOutEverywhereElse,
  turnTwoFactorOff,
} from './actions'

export const metadata: Metadata = { title: 'Account' }

export default async function AccountPage() {
  const admin = await requireAdmin({ ofNoWorkspace: true })
  const { name, email } = admin
  if (email === demoManagerEmail) {
    return (
      <>
        <PageHeader title="Account" detail={`${name}, ${email}`} />
        <Notice tone="info">Everybody who explores the demo shares this account: it cannot be changed.</Notice>
      </>
    )
  }
  const [sessions, twoFactor, passkeys] = await Promise.all([
    listSessions(admin),
    twoFactorStatusOf(admin.userId),
    listPasskeys(admin.userId),
  ])
  const origin = relyingParty()?.origin ?? null
  return (
    <>
      <PageHeader title="Account" detail="Yours alone, in every workspace." />
      <OwnerProofs
        asksCode={twoFactor.isOn}
        hasPasskey={passkeys.length > 0}
        origin={origin}
        onBegin={beginProofByPasskey}
      >
        <div className="flex flex-col gap-6">
          <Section id="profile" title="Profile">
            <ProfileForm profile={{ name, email }} onSave={saveProfile} />
          </Section>
          <Section id="password" title="Password">
            <PasswordForm onChange={savePassword} />
          </Section>
          <TwoFactor
            status={twoFactor}
            onBegin={beginWithTwoFactor}
            onConfirm={confirmWithCode}
            onRenew={makeRecoveryCodes}
            onTurnOff={turnTwoFactorOff}
          />
          <Section id="passkeys" title="Passkeys">
            <Passkeys
              passkeys={passkeys}
              origin={origin}
              onBegin={beginWithPasskey}
              onAdd={addMadePasskey}
              onRename={renameOwnPasskey}
              onRemove={removeOwnPasskey}
            />
          </Section>
          <Section id="sessions" title="Where you are signed in">
            <SessionsList sessions={sessions} onEnd={signOutElsewhere} onEndOthers={signOutEverywhereElse} />
          </Section>
        </div>
      </OwnerProofs>
    </>
  )
}
