import { dehydrate, QueryClient } from '@tanstack/react-query'
import { Upload } from 'lucide-react'
import type { Metadata } from 'next'
import { HealthBadge } from '@/components/access-systems/health-badge'
import { LinkedShare } from '@/components/access-systems/linked-share'
import { SystemMonogram } from '@/components/access-systems/system-mark'
import { AcsUsersList } from '@/components/acs-users/acs-users-list'
import { acsUsersDataPath, listQueryKey } from '@/components/list/list-query'
import { ListStart } from '@/components/list/list-start'
import { ButtonLink } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { ShortId } from '@/components/ui/short-id'
import { ExactTime } from '@/components/ui/viewer-time'
import { getAccessSystem } from '@/lib/access-systems/queries'
import { vendorOf } from '@/lib/access-systems/vendor'
import { readAcsUserListParameters, writeAcsUserListParameters } from '@/lib/acs-users/list-parameters'
import { listAcsUsers } from '@/lib/acs-users/queries'
import { requireAdmin } from '@/lib/auth/acting-admin'
import { may } from '@/lib/auth/permissions'
import { orNotFound } from '../../or-not-found'
import { toSearchParameters } from '../../search-parameters'

type AccessSystemPageProps = PageProps<'/access-systems/[id]'>

export async function generateMetadata({ params }: AccessSystemPageProps): Promise<Metadata> {
  const { workspace } = await requireAdmin()
  const system = await orNotFound(getAccessSystem(workspace.workspaceId, (await params).id))
  return { title: system.name }
}

export default async function AccessSystemPage({ params, searchParams }: AccessSystemPageProps) {
  const { workspace } = await requireAdmin()
  const parameters = readAcsUserListParameters(toSearchParameters(await searchParams))
  const { id } = await params
  const system = await orNotFound(getAccessSystem(workspace.workspaceId, id))
  const { acsSystemId } = system
  const page = await listAcsUsers(workspace.workspaceId, acsSystemId, parameters)
  const queryClient = new QueryClient()
  queryClient.setQueryData(listQueryKey(acsUsersDataPath(acsSystemId), writeAcsUserListParameters(parameters)), page)
  return (
    <>
      <PageHeader
        title={
          <span className="flex items-center gap-3">
            <SystemMonogram monogram={system.monogram} />
            <span className="min-w-0">{system.name}</span>
          </span>
        }
        detail={
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1 pt-1">
            <HealthBadge system={system} />
            <span>{vendorOf(system).displayName}</span>
            {system.entranceCount > 0 && <span>{system.entranceCount} entrances</span>}
            {system.timeZone && <span>{system.timeZone}</span>}
            <ShortId id={acsSystemId} name="access system ID" />
          </span>
        }
        actions={
          may(workspace.role, 'identity.import') && (
            <ButtonLink href={`/import?of=${acsSystemId}`}>
              <Upload aria-hidden className="size-3.5" />
              Import ACS users
            </ButtonLink>
          )
        }
      />
      <div className="mb-5 flex flex-col gap-2">
        {system.errors.map((error) => (
          <Notice key={error.error_code} tone="danger">
            Since <ExactTime at={error.created_at} />: {error.message}
          </Notice>
        ))}
        {system.warnings.map((warning) => (
          <Notice key={warning.warning_code} tone="warning">
            Since <ExactTime at={warning.created_at} />: {warning.message}
          </Notice>
        ))}
      </div>
      <div className="mb-5 max-w-md">
        <p className="mb-1 font-medium text-sm">ACS users linked to a person</p>
        <LinkedShare {...system} systemName={system.name} />
      </div>
      <ListStart state={JSON.stringify(dehydrate(queryClient))}>
        <AcsUsersList acsSystemId={acsSystemId} label={`ACS users of ${system.name}`} />
      </ListStart>
    </>
  )
}
