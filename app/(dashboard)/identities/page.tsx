import { dehydrate, QueryClient } from '@tanstack/react-query'
import { FileUp, Merge, UserPlus } from 'lucide-react'
import type { Metadata } from 'next'
import { IdentitiesList } from '@/components/identities/identities-list'
import { identitiesDataPath, listQueryKey } from '@/components/list/list-query'
import { ListStart } from '@/components/list/list-start'
import { ButtonLink } from '@/components/ui/button'
import { PageHeader } from '@/components/ui/page-header'
import { listAccessSystems } from '@/lib/access/systems/queries'
import { requireAdmin } from '@/lib/accounts/acting-admin/acting-admin'
import { readIdentityListParameters, writeIdentityListParameters } from '@/lib/people/identities/list-parameters'
import { listUserIdentities } from '@/lib/people/identities/queries'
import { may } from '@/lib/platform/permissions'
import { undoAll } from '../actions'
import { acceptCertain } from '../reconcile/actions'
import { toSearchParameters } from '../search-parameters'
import { removeIdentities } from './actions'
import { movePeopleIn, movePeopleOut } from './move-actions'

export const metadata: Metadata = { title: 'Identities' }

export default async function IdentitiesPage({ searchParams }: PageProps<'/identities'>) {
  const { workspace } = await requireAdmin()
  const parameters = readIdentityListParameters(toSearchParameters(await searchParams))
  const [accessSystems, page] = await Promise.all([
    listAccessSystems(workspace.workspaceId),
    listUserIdentities(workspace.workspaceId, parameters),
  ])
  const queryClient = new QueryClient()
  queryClient.setQueryData(listQueryKey(identitiesDataPath, writeIdentityListParameters(parameters)), page)
  const mayCreate = may(workspace.role, 'identity.write')
  return (
    <>
      <PageHeader
        title="Identities"
        actions={
          <>
            <ButtonLink href="/identities/duplicates" prefetch={false}>
              <Merge aria-hidden className="size-4" />
              Duplicates
            </ButtonLink>
            {mayCreate && (
              <>
                <ButtonLink href="/import" prefetch={false}>
                  <FileUp aria-hidden className="size-4" />
                  Import
                </ButtonLink>
                <ButtonLink href="/identities/new" variant="primary">
                  <UserPlus aria-hidden className="size-4" />
                  New identity
                </ButtonLink>
              </>
            )}
          </>
        }
      />
      <ListStart state={JSON.stringify(dehydrate(queryClient))}>
        <IdentitiesList
          accessSystems={accessSystems}
          mayCreate={mayCreate}
          actions={{
            undoAll,
            ...(may(workspace.role, 'identity.move') && {
              moves: { moveOut: movePeopleOut, moveIn: movePeopleIn, undoAll },
            }),
            ...(may(workspace.role, 'acs_user.link') && { acceptCertain }),
            ...(may(workspace.role, 'identity.delete') && { removePeople: removeIdentities }),
          }}
        />
      </ListStart>
    </>
  )
}
