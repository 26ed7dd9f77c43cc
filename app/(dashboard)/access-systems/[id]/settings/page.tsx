import type { Metadata } from 'next'
import { RemoveSystem } from '@/components/access-systems/remove-system'
import { SystemForm } from '@/components/access-systems/system-form'
import { formatCount } from '@/components/ui/counts'
import { Detail } from '@/components/ui/detail'
import { Section } from '@/components/ui/section'
import { handKeptVendors, isKeptByHand, vendorOf } from '@/lib/access/system-rows/vendor'
import { countWithSystem } from '@/lib/access/systems/queries'
import { requireAdmin } from '@/lib/accounts/acting-admin/acting-admin'
import { may } from '@/lib/platform/permissions'
import { removeAccessSystem, saveAccessSystem } from '../../actions'
import { timeZones } from '../../time-zones'
import { findAccessSystem } from '../find-access-system'

export const metadata: Metadata = { title: 'Settings' }

const counted = (count: number, noun: string) =>
  count === 0 ? [] : [`${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`]

export default async function AccessSystemSettingsPage({ params }: PageProps<'/access-systems/[id]/settings'>) {
  const { workspace } = await requireAdmin()
  const system = await findAccessSystem((await params).id)
  const { acsSystemId, name, timeZone, vendorName } = system
  const byHand = isKeptByHand(system)
  const mayManage = byHand && may(workspace.role, 'access_system.manage')
  if (!mayManage) {
    return (
      <Section id="details" title="Details">
        <dl className="flex flex-col gap-3 p-4">
          <Detail name="Name">{name}</Detail>
          <Detail name="Vendor">{vendorOf(system).displayName}</Detail>
          <Detail name="Time zone">{timeZone?.replaceAll('_', ' ') ?? 'Not set'}</Detail>
        </dl>
        <p className="border-line border-t px-4 py-3 text-muted text-sm">
          {byHand
            ? 'Changing it is for owners and managers.'
            : 'The vendor reports these details. Change them in the vendor’s own app.'}
        </p>
      </Section>
    )
  }
  const { accessGroupCount, credentialCount } = await countWithSystem(workspace.workspaceId, acsSystemId)
  const goes = [
    ...counted(system.acsUserCount, 'ACS user'),
    ...(system.linkedCount > 0 ? [`${formatCount(system.linkedCount)} of their links to a person`] : []),
    ...counted(credentialCount, 'credential'),
    ...counted(system.entranceCount, 'door'),
    ...counted(accessGroupCount, 'access group'),
  ]
  return (
    <div className="flex flex-col gap-6">
      <Section id="details" title="Details">
        <SystemForm
          details={{ name, vendor_name: vendorName ?? '', time_zone: timeZone ?? '' }}
          acsSystemId={acsSystemId}
          timeZones={timeZone && !timeZones.includes(timeZone) ? [timeZone, ...timeZones] : timeZones}
          vendorNames={handKeptVendors}
          onSave={saveAccessSystem}
        />
      </Section>
      <Section id="remove" title="Remove">
        <div className="flex flex-wrap items-center justify-between gap-3 p-4">
          <p className="max-w-prose text-muted text-sm">
            Removing it removes its ACS users, doors and access groups. The people themselves stay.
          </p>
          <RemoveSystem system={{ acsSystemId, name }} goes={goes} onRemove={removeAccessSystem} />
        </div>
      </Section>
    </div>
  )
}
