import type { Metadata } from 'next'
import { AccessGroupsList } from '@/components/access-systems/access-groups-list'
import { listDoorNames } from '@/lib/access/entrances/queries'
import { listAccessGroups } from '@/lib/access/groups/queries'
import { isKeptByHand } from '@/lib/access/system-rows/vendor'
import { requireAdmin } from '@/lib/accounts/acting-admin/acting-admin'
import { may } from '@/lib/platform/permissions'
import { addAccessGroups, removeAccessGroup, saveAccessGroup } from '../../actions'
import { findAccessSystem } from '../find-access-system'

export const metadata: Metadata = { title: 'Access groups' }

export default async function AccessGroupsPage({ params }: PageProps<'/access-systems/[id]/access-groups'>) {
  const { workspace } = await requireAdmin()
  const system = await findAccessSystem((await params).id)
  const { acsSystemId, name } = system
  const [groups, doors] = await Promise.all([
    listAccessGroups(workspace.workspaceId, acsSystemId),
    listDoorNames(workspace.workspaceId, acsSystemId),
  ])
  const mayManage = isKeptByHand(system) && may(workspace.role, 'access_system.manage')
  return (
    <div className="max-w-4xl">
      <AccessGroupsList
        system={{ acsSystemId, name }}
        groups={groups}
        doors={doors}
        actions={
          mayManage ? { onAdd: addAccessGroups, onSave: saveAccessGroup, onRemove: removeAccessGroup } : undefined
        }
      />
    </div>
  )
}
