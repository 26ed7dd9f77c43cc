import type { Metadata } from 'next'
import { OwnerProofs } from '@/components/account/owner-proof'
import { ResetWorkspace } from '@/components/settings/reset-workspace'
import { SecondFactorDemand } from '@/components/settings/second-factor-demand'
import { WorkspaceForm } from '@/components/settings/workspace-form'
import { Detail } from '@/components/ui/detail'
import { PageHeader } from '@/components/ui/page-header'
import { Section } from '@/components/ui/section'
import { type ActingAdmin, requireAdmin } from '@/lib/accounts/acting-admin/acting-admin'
import { listPasskeys } from '@/lib/accounts/passkeys/queries'
import { relyingParty } from '@/lib/accounts/proof/relying-party'
import { twoFactorStatusOf } from '@/lib/accounts/two-factor/queries'
import { listCountries } from '@/lib/accounts/workspaces/countries'
import { isDemoWorkspace } from '@/lib/accounts/workspaces/demo-workspace'
import { may } from '@/lib/platform/permissions'
import { beginProofByPasskey } from '../account/actions'
import { resetWorkspace, saveSecondFactorDemand, saveWorkspace } from './actions'

export const metadata: Metadata = { title: 'Workspace' }

export default async function WorkspacePage() {
  const admin = await requireAdmin()
  const { workspace, hasSecondFactor } = admin
  const { name, defaultCountry, isSandbox, requiresSecondFactor, role } = workspace
  const countries = listCountries()
  return (
    <>
      <PageHeader
        title="Workspace"
        detail={isSandbox ? 'A sandbox, for trying things out.' : 'A live workspace: it is never reset.'}
      />
      <div className="flex flex-col gap-6">
        <Section id="details" title="Details">
          {may(role, 'workspace.write') ? (
            <WorkspaceForm
              details={{ name, default_country: defaultCountry }}
              countries={countries}
              onSave={saveWorkspace}
            />
          ) : (
            <dl className="flex flex-col gap-3 p-4">
              <Detail name="Name">{name}</Detail>
              <Detail name="Country">
                {countries.find(({ code }) => code === defaultCountry)?.name ?? defaultCountry}
              </Detail>
            </dl>
          )}
        </Section>
        <Section id="second-factor" title="Second factor">
          <OwnerProofs {...(await waysToProve(admin))} onBegin={beginProofByPasskey}>
            <SecondFactorDemand
              isRequired={requiresSecondFactor}
              isOwnMissing={!hasSecondFactor}
              onChange={may(role, 'workspace.write') ? saveSecondFactorDemand : undefined}
            />
          </OwnerProofs>
        </Section>
        {isSandbox && may(role, 'workspace.reset') && (
          <Section id="sandbox" title="Sandbox">
            <div className="flex flex-wrap items-center justify-between gap-3 p-4">
              <p className="max-w-prose text-muted text-sm">
                Resetting it{' '}
                {isDemoWorkspace(workspace)
                  ? 'puts the demo back as it was on the first day'
                  : 'deletes all people, access systems and the history'}
                . Members, API keys and webhooks stay.
              </p>
              <ResetWorkspace workspaceName={name} isDemo={isDemoWorkspace(workspace)} onReset={resetWorkspace} />
            </div>
          </Section>
        )}
      </div>
    </>
  )
}

/** How the admin can prove who they are. Only making a second factor optional asks for it. */
async function waysToProve({ userId, workspace }: ActingAdmin) {
  const origin = relyingParty()?.origin ?? null
  if (!workspace.requiresSecondFactor || !may(workspace.role, 'workspace.write')) {
    return { asksCode: false, hasPasskey: false, origin }
  }
  const [{ isOn }, passkeys] = await Promise.all([twoFactorStatusOf(userId), listPasskeys(userId)])
  return { asksCode: isOn, hasPasskey: passkeys.length > 0, origin }
}
