import { dehydrate, QueryClient } from '@tanstack/react-query'
import { Plus, Upload } from 'lucide-react'
import { LinkedShare } from '@/components/access-systems/linked-share'
import { AcsUsersList } from '@/components/acs-users/acs-users-list'
import { acsUsersDataPath, listQueryKey } from '@/components/list/list-query'
import { ListStart } from '@/components/list/list-start'
import { ButtonLink } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { readAcsUserListParameters, writeAcsUserListParameters } from '@/lib/access/acs-users/list-parameters'
import { listAcsUsers } from '@/lib/access/acs-users/queries'
import { isKeptByHand } from '@/lib/access/system-rows/vendor'
import { requireAdmin } from '@/lib/accounts/acting-admin/acting-admin'
import { may } from '@/lib/platform/permissions'
import { toSearchParameters } from '../../search-parameters'
import { findAccessSystem } from './find-access-system'

export default async function AccessSystemPage({ params, searchParams }: PageProps<'/access-systems/[id]'>) {
  const { workspace } = await requireAdmin()
  const parameters = readAcsUserListParameters(toSearchParameters(await searchParams))
  const system = await findAccessSystem((await params).id)
  const { acsSystemId } = system
  const mayCreate = isKeptByHand(system) && may(workspace.role, 'acs_user.create')
  const mayImport = may(workspace.role, 'identity.import')
  const actions = (
    <>
      {mayImport && (
        <ButtonLink href={`/import?of=${acsSystemId}`}>
          <Upload aria-hidden className="size-3.5" />
          Import ACS users
        </ButtonLink>
      )}
      {mayCreate && (
        <ButtonLink href={`/access-systems/${acsSystemId}/new-acs-user`} variant="primary">
          <Plus aria-hidden className="size-4" />
          New ACS user
        </ButtonLink>
      )}
    </>
  )
  if (system.acsUserCount === 0) {
    return (
      <div className="rounded-lg border border-line bg-surface">
        <EmptyState title="No ACS user yet" action={(mayImport || mayCreate) && actions}>
          An ACS user is a person’s record in this access system: their name, and the card, code or phone that opens its
          doors. Import a list of them, or write the first one down.
        </EmptyState>
      </div>
    )
  }
  const page = await listAcsUsers(workspace.workspaceId, acsSystemId, parameters)
  const queryClient = new QueryClient()
  queryClient.setQueryData(listQueryKey(acsUsersDataPath(acsSystemId), writeAcsUserListParameters(parameters)), page)
  return (
    <>
      <div className="mb-5 flex flex-wrap items-end justify-between gap-x-4 gap-y-3">
        <div className="w-full max-w-md">
          <p className="mb-1 font-medium text-sm">ACS users linked to a person</p>
          <LinkedShare {...system} systemName={system.name} />
        </div>
        <div className="flex flex-wrap gap-2">{actions}</div>
      </div>
      <ListStart state={JSON.stringify(dehydrate(queryClient))}>
        <AcsUsersList acsSystemId={acsSystemId} label={`ACS users of ${system.name}`} />
      </ListStart>
    </>
  )
}
