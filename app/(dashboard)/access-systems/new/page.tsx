import type { Metadata } from 'next'
import { SystemForm } from '@/components/access-systems/system-form'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { handKeptVendors } from '@/lib/access/system-rows/vendor'
import { requireAdmin } from '@/lib/accounts/acting-admin/acting-admin'
import { may } from '@/lib/platform/permissions'
import { viewerTimeZone } from '../../../viewer-time-zone'
import { addAccessSystem } from '../actions'
import { timeZones } from '../time-zones'

export const metadata: Metadata = { title: 'Add access system' }

export default async function NewAccessSystemPage() {
  const { workspace } = await requireAdmin()
  const zone = await viewerTimeZone()
  return (
    <div className="max-w-xl">
      <PageHeader
        title="Add access system"
        detail="For access control without an interface, such as an older panel or a fob programmer. You keep its doors, groups and ACS users here, and program the same at its panel."
      />
      {may(workspace.role, 'access_system.manage') ? (
        <div className="rounded-lg border border-line bg-surface">
          <SystemForm
            details={{ name: '', vendor_name: '', time_zone: timeZones.includes(zone) ? zone : '' }}
            acsSystemId={null}
            timeZones={timeZones}
            vendorNames={handKeptVendors}
            onSave={addAccessSystem}
          />
        </div>
      ) : (
        <Notice tone="info">Your role in this workspace doesn’t permit adding access systems. Ask an owner.</Notice>
      )}
    </div>
  )
}
