import type { Metadata } from 'next'
import Link from 'next/link'
import { cache } from 'react'
import { AccessSchedule } from '@/components/acs-users/access-schedule'
import { AcsUserActions } from '@/components/acs-users/acs-user-actions'
import { AcsUserBadges } from '@/components/acs-users/acs-user-badges'
import { AcsUserProblems } from '@/components/acs-users/acs-user-problems'
import { IdentityPicker } from '@/components/acs-users/identity-picker'
import { LinkedIdentity } from '@/components/acs-users/linked-identity'
import { NotAPerson } from '@/components/acs-users/not-a-person'
import { CredentialsTable } from '@/components/credentials/credentials-table'
import { Activity } from '@/components/events/activity'
import { OpenTasksNotice } from '@/components/tasks/open-tasks-notice'
import { Detail } from '@/components/ui/detail'
import { PageHeader } from '@/components/ui/page-header'
import { Section } from '@/components/ui/section'
import { ShortId } from '@/components/ui/short-id'
import { RelativeTime } from '@/components/ui/viewer-time'
import { getAcsUser } from '@/lib/access/acs-users/queries'
import { listCredentials } from '@/lib/access/credentials/queries'
import { requireAdmin } from '@/lib/accounts/acting-admin/acting-admin'
import { listRecentEvents } from '@/lib/history/events/queries'
import { may } from '@/lib/platform/permissions'
import { attach, detach } from '../../identities/actions'
import { orNotFound } from '../../or-not-found'
import { restore } from '../../reconcile/actions'
import { acsUserActionsFor, credentialActionsFor } from '../permitted-actions'

type AcsUserPageProps = PageProps<'/acs-users/[id]'>

const shownEvents = 12

const loadAcsUser = cache((workspaceId: string, acsUserId: string) => orNotFound(getAcsUser(workspaceId, acsUserId)))

export async function generateMetadata({ params }: AcsUserPageProps): Promise<Metadata> {
  const { workspace } = await requireAdmin()
  const acsUser = await loadAcsUser(workspace.workspaceId, (await params).id)
  return { title: `${acsUser.displayName} in ${acsUser.acsSystemName}` }
}

export default async function AcsUserPage({ params }: AcsUserPageProps) {
  const { workspace } = await requireAdmin()
  const { workspaceId, role } = workspace
  const acsUser = await loadAcsUser(workspaceId, (await params).id)
  const about = { acsUserId: acsUser.acsUserId }
  const [credentials, events] = await Promise.all([
    listCredentials(workspaceId, about),
    listRecentEvents(workspaceId, about, shownEvents),
  ])
  const mayLink = may(role, 'acs_user.link')
  return (
    <>
      <PageHeader
        title={<bdi>{acsUser.displayName}</bdi>}
        detail={
          <span className="flex flex-wrap items-center gap-2 pt-1">
            <AcsUserBadges standing={acsUser} />
            <span>
              ACS user of{' '}
              <Link
                href={`/access-systems/${acsUser.acsSystemId}`}
                className="text-text underline-offset-2 hover:underline"
              >
                {acsUser.acsSystemName}
              </Link>
            </span>
          </span>
        }
        actions={
          <AcsUserActions
            acsUser={acsUser}
            system={{ name: acsUser.acsSystemName, timeZone: acsUser.acsSystemTimeZone }}
            actions={acsUserActionsFor(role)}
          />
        }
      />
      <div className="grid items-start gap-x-8 gap-y-7 min-[1100px]:grid-cols-[minmax(0,1fr)_340px]">
        <div className="flex min-w-0 flex-col gap-7">
          {acsUser.openTaskCount > 0 && (
            <OpenTasksNotice {...acsUser} systemName={acsUser.acsSystemName} count={acsUser.openTaskCount} />
          )}
          <AcsUserProblems standing={acsUser} warnings={acsUser.warnings} />
          {acsUser.identity ? (
            <LinkedIdentity acsUser={acsUser} identity={acsUser.identity} mayLink={mayLink} onDetach={detach} />
          ) : acsUser.notAPerson ? (
            <NotAPerson acsUser={acsUser} notAPerson={acsUser.notAPerson} onRestore={mayLink ? restore : undefined} />
          ) : mayLink ? (
            <IdentityPicker acsUser={acsUser} onAttach={attach} mayCreate={may(role, 'identity.write')} />
          ) : (
            <Section id="user-identity" title="User identity">
              <p className="px-4 py-6 text-center text-muted text-sm">Not linked to a user identity.</p>
            </Section>
          )}
          <Section
            id="credentials"
            title="Credentials"
            aside={<span className="text-muted text-sm">{credentials.length || 'None'}</span>}
          >
            {credentials.length > 0 ? (
              <CredentialsTable credentials={credentials} actions={credentialActionsFor(role)} />
            ) : (
              <p className="px-4 py-6 text-center text-muted text-sm">
                No mobile key, card or code has been issued to this ACS user.
              </p>
            )}
          </Section>
        </div>
        <aside aria-label="Facts and history" className="flex min-w-0 flex-col gap-7">
          <Section id="facts" title="Facts">
            <dl className="flex flex-col gap-2 px-4 py-3">
              <Detail name="Full name" value={acsUser.fullName} />
              <Detail name="Email address" value={acsUser.emailAddress} />
              <Detail name="Phone number" value={acsUser.phoneNumber} />
              <Detail name="Access schedule">
                <AccessSchedule standing={acsUser} />
              </Detail>
              <Detail name="Access groups">
                {acsUser.accessGroups.length === 0
                  ? 'None'
                  : acsUser.accessGroups.map((group) => group.name).join(', ')}
              </Detail>
              <Detail name="ACS user ID">
                <ShortId id={acsUser.acsUserId} name="ACS user ID" />
              </Detail>
              <Detail name="Created">
                <RelativeTime at={acsUser.createdAt} />
              </Detail>
            </dl>
          </Section>
          <Section id="activity" title="Recent activity">
            <Activity events={events} />
          </Section>
        </aside>
      </div>
    </>
  )
}
