import type { Metadata } from 'next'
import { DoorsList } from '@/components/access-systems/doors-list'
import { Notice } from '@/components/ui/notice'
import { listDoors } from '@/lib/access/entrances/queries'
import { isKeptByHand } from '@/lib/access/system-rows/vendor'
import { requireAdmin } from '@/lib/accounts/acting-admin/acting-admin'
import { may } from '@/lib/platform/permissions'
import { addDoors, removeDoor, saveDoor } from '../../actions'
import { findAccessSystem } from '../find-access-system'

export const metadata: Metadata = { title: 'Doors' }

export default async function DoorsPage({ params }: PageProps<'/access-systems/[id]/doors'>) {
  const { workspace } = await requireAdmin()
  const system = await findAccessSystem((await params).id)
  const doors = await listDoors(workspace.workspaceId, system.acsSystemId)
  const mayManage = isKeptByHand(system) && may(workspace.role, 'access_system.manage')
  return (
    <div className="max-w-4xl">
      {system.entranceCount > doors.length && (
        <div className="mb-3">
          <Notice tone="info">The first {doors.length} doors are shown.</Notice>
        </div>
      )}
      <DoorsList
        system={{ acsSystemId: system.acsSystemId, name: system.name }}
        doors={doors}
        actions={mayManage ? { onAdd: addDoors, onSave: saveDoor, onRemove: removeDoor } : undefined}
      />
    </div>
  )
}
