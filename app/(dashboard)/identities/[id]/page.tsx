import { Pencil } from 'lucide-react'
import type { Metadata } from 'next'
import { Suspense } from 'react'
import { CredentialsTable } from '@/components/credentials/credentials-table'
import { IssueCredential } from '@/components/credentials/issue-credential'
import { DiagnosisSection } from '@/components/diagnosis/diagnosis-section'
import { DoorsSection } from '@/components/entrances/doors-section'
import { TimelineSkeleton } from '@/components/events/timeline-section'
import { AccessSystemsSection } from '@/components/identities/access-systems-section'
import { DeleteIdentity } from '@/components/identities/delete-identity'
import { IdentityDetails } from '@/components/identities/identity-details'
import { IdentityForm } from '@/components/identities/identity-form'
import { IdentityIssues } from '@/components/identities/identity-issues'
import { MergeButton } from '@/components/merges/merge-button'
import { MoveMenuButton } from '@/components/moves/move-menu-button'
import { MoveOutNotice } from '@/components/moves/move-out-notice'
import { OtherWorkspace } from '@/components/share/other-workspace'
import { ShareButton } from '@/components/share/share-button'
import { Avatar } from '@/components/ui/avatar'
import { ButtonLink } from '@/components/ui/button'
import { PageHeader } from '@/components/ui/page-header'
import { Section } from '@/components/ui/section'
import { ShortId } from '@/components/ui/short-id'
import { RelativeTime } from '@/components/ui/viewer-time'
import { supportSummary } from '@/lib/access/support-summary/support-summary'
import { requireAdmin } from '@/lib/accounts/acting-admin/acting-admin'
import { may } from '@/lib/platform/permissions'
import { formatPhoneNumber } from '@/lib/platform/phone-numbers/phone-number'
import { addToAccessGroup, grantDoor, issueCredential, saveAlignedProfiles, unsuspend } from '../../acs-users/actions'
import { acsUserActionsFor, credentialActionsFor } from '../../acs-users/permitted-actions'
import { chooseWorkspace, undoAll } from '../../actions'
import { findLinkedWorkspace } from '../../linked-workspace'
import { toSearchParameters } from '../../search-parameters'
import { attach, createAndAttach, detach, removeIdentity, saveIdentity } from '../actions'
import { cancelPlannedMoveOut, movePeopleIn, movePeopleOut } from '../move-actions'
import { loadDiagnosis, shownDiagnoses } from './load-diagnosis'
import { loadIdentity } from './load-identity'
import { PersonTimeline } from './person-timeline'

type IdentityPageProps = { params: Promise<{ id: string }>; searchParams: Promise<Record<string, string | string[]>> }

export async function generateMetadata({ params, searchParams }: IdentityPageProps): Promise<Metadata> {
  const admin = await requireAdmin()
  const { workspace } = admin
  const linkedWorkspace = findLinkedWorkspace(admin, toSearchParameters(await searchParams).get('workspace'))
  if (linkedWorkspace) return { title: linkedWorkspace.name }
  const { identity } = await loadIdentity(workspace.workspaceId, (await params).id)
  return { title: identity.displayName }
}

export default async function IdentityPage({ params, searchParams }: IdentityPageProps) {
  const admin = await requireAdmin()
  const { workspace } = admin
  const { role } = workspace
  const acsUserActions = acsUserActionsFor(role)
  const credentialActions = credentialActionsFor(role)
  const search = toSearchParameters(await searchParams)
  const linkedWorkspace = findLinkedWorkspace(admin, search.get('workspace'))
  if (linkedWorkspace) return <OtherWorkspace linked={linkedWorkspace} current={workspace} onSwitch={chooseWorkspace} />
  const { identity, systems, credentials, mobileCredentials, entrances } = await loadIdentity(
    workspace.workspaceId,
    (await params).id,
  )
  const editing = search.has('edit') && may(role, 'identity.write')
  const asked = search.get('door')
  const diagnosis = asked
    ? await loadDiagnosis(workspace.workspaceId, identity.userIdentityId, { systems, entrances, credentials }, asked)
    : null
  const address = `/identities/${identity.userIdentityId}`
  const linked = systems.flatMap(({ system, acsUser }) => (acsUser ? [{ system, acsUser }] : []))
  return (
    <>
      <PageHeader
        title={
          <span className="flex items-center gap-3">
            <Avatar id={identity.userIdentityId} name={identity.displayName} />
            <bdi className="min-w-0">{identity.displayName}</bdi>
          </span>
        }
        actions={
          !editing && (
            <>
              <ShareButton
                workspaceId={workspace.workspaceId}
                summary={supportSummary(
                  { identity, systems, entrances, credentials, diagnoses: shownDiagnoses(diagnosis) },
                  new Date(),
                )}
              />
              {may(role, 'identity.write') && (
                <ButtonLink href={`${address}?edit`} scroll={false}>
                  <Pencil aria-hidden className="size-3.5" />
                  Edit
                </ButtonLink>
              )}
              {may(role, 'identity.move') && linked.length > 0 && (
                <MoveMenuButton person={identity} actions={{ moveOut: movePeopleOut, moveIn: movePeopleIn, undoAll }} />
              )}
              {may(role, 'identity.merge') && <MergeButton person={identity} />}
              {may(role, 'identity.delete') && (
                <DeleteIdentity
                  person={identity}
                  onDelete={removeIdentity}
                  acsUsers={linked.map(({ system, acsUser }) => ({ ...acsUser, systemName: system.name }))}
                />
              )}
            </>
          )
        }
      />
      <div className="grid items-start gap-x-8 gap-y-7 min-[1100px]:grid-cols-[minmax(0,1fr)_340px]">
        <div className="flex min-w-0 flex-col gap-7">
          {editing ? (
            <Section id="details" title="Edit details">
              <div className="p-4">
                <IdentityForm
                  action={saveIdentity}
                  submitLabel="Save changes"
                  pendingLabel="Saving…"
                  except={identity.userIdentityId}
                  cancelHref={address}
                  hidden={{ user_identity_id: identity.userIdentityId, version: String(identity.version) }}
                  initial={{
                    full_name: identity.fullName ?? '',
                    email_address: identity.emailAddress ?? '',
                    phone_number: identity.phoneNumber ? formatPhoneNumber(identity.phoneNumber) : '',
                    user_identity_key: identity.userIdentityKey ?? '',
                  }}
                />
              </div>
            </Section>
          ) : (
            <div className="flex flex-col gap-2">
              {identity.movesOutAt && (
                <MoveOutNotice
                  person={{ ...identity, movesOutAt: identity.movesOutAt }}
                  onCancel={may(role, 'identity.move') ? cancelPlannedMoveOut : undefined}
                />
              )}
              <IdentityIssues linked={linked} />
              <div className="rounded-lg border border-line bg-surface p-4">
                <IdentityDetails
                  identity={identity}
                  phoneNumber={identity.phoneNumber && formatPhoneNumber(identity.phoneNumber)}
                />
              </div>
            </div>
          )}
          <DiagnosisSection
            person={{ userIdentityId: identity.userIdentityId, displayName: identity.displayName }}
            answer={diagnosis}
            path={address}
            search={search.toString()}
            actions={{ attach, createAndAttach, unsuspend, addToAccessGroup, grantDoor }}
            dialogActions={{
              saveAccessSchedule: acsUserActions.profile?.saveAccessSchedule,
              issueCredential: acsUserActions.issueCredential,
              extendCredential: credentialActions?.extend,
            }}
            linked={linked}
            credentials={credentials}
            may={{
              link: may(role, 'acs_user.link'),
              create: may(role, 'acs_user.create'),
              suspend: may(role, 'acs_user.suspend'),
              write: may(role, 'acs_user.write'),
            }}
          />
          <AccessSystemsSection
            person={identity}
            systems={systems}
            actions={{ attach, detach, createAndAttach }}
            acsUserActions={acsUserActions}
            onSaveProfiles={may(role, 'acs_user.write') ? saveAlignedProfiles : undefined}
            mayWriteIdentity={may(role, 'identity.write')}
            mayLink={may(role, 'acs_user.link')}
            mayCreate={may(role, 'acs_user.create')}
          />
          <Section
            id="mobile-credentials"
            title="Mobile credentials"
            aside={
              credentialActions && linked.length > 0 ? (
                <IssueCredential holder={{ userIdentityId: identity.userIdentityId }} onIssue={issueCredential} />
              ) : (
                <span className="text-muted text-sm">{mobileCredentials.length || 'None'}</span>
              )
            }
          >
            {mobileCredentials.length > 0 ? (
              <CredentialsTable credentials={mobileCredentials} actions={credentialActions} />
            ) : (
              <p className="px-4 py-6 text-center text-muted text-sm">
                {linked.length > 0
                  ? 'None of this person’s ACS users has a mobile key.'
                  : 'Attach an ACS user: its mobile keys appear here.'}
              </p>
            )}
          </Section>
          <DoorsSection path={address} entrances={entrances} systems={linked} credentials={credentials} />
        </div>
        <aside aria-label="Facts and history" className="flex min-w-0 flex-col gap-7">
          <Section id="facts" title="Facts">
            <dl className="grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-4 gap-y-1 px-4 py-3 text-sm">
              <dt className="text-muted">Identity ID</dt>
              <dd className="justify-self-end">
                <ShortId id={identity.userIdentityId} name="user identity ID" />
              </dd>
              <dt className="text-muted">Created</dt>
              <dd className="justify-self-end py-1">
                <RelativeTime at={identity.createdAt} />
              </dd>
            </dl>
          </Section>
          <Suspense fallback={<TimelineSkeleton wholePath={`${address}/timeline`} />}>
            <PersonTimeline userIdentityId={identity.userIdentityId} wholePath={`${address}/timeline`} />
          </Suspense>
        </aside>
      </div>
    </>
  )
}
