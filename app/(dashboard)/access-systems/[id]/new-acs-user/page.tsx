import type { Metadata } from 'next'
import { AcsUserForm } from '@/components/access-systems/acs-user-form'
import { Notice } from '@/components/ui/notice'
import { Section } from '@/components/ui/section'
import { listAccessGroups } from '@/lib/access/groups/queries'
import { isKeptByHand } from '@/lib/access/system-rows/vendor'
import { requireAdmin } from '@/lib/accounts/acting-admin/acting-admin'
import { may } from '@/lib/platform/permissions'
import { addAcsUser } from '../../actions'
import { findAccessSystem } from '../find-access-system'

export const metadata: Metadata = { title: 'New ACS user' }

export default async function NewAcsUserPage({ params }: PageProps<'/access-systems/[id]/new-acs-user'>) {
  const { workspace } = await requireAdmin()
  const system = await findAccessSystem((await params).id)
  if (!isKeptByHand(system)) {
    return (
      <Notice tone="info">The vendor reports this system’s ACS users. Create a new one in the vendor’s own app.</Notice>
    )
  }
  if (!may(workspace.role, 'acs_user.create')) {
    return <Notice tone="info">Your role in this workspace doesn’t permit creating ACS users. Ask an owner.</Notice>
  }
  const groups = await listAccessGroups(workspace.workspaceId, system.acsSystemId)
  return (
    <div className="max-w-xl">
      <Section id="new-acs-user" title="New ACS user">
        <AcsUserForm
          system={{ acsSystemId: system.acsSystemId, name: system.name, timeZone: system.timeZone }}
          groups={groups}
          onAdd={addAcsUser}
        />
      </Section>
    </div>
  )
}
