import { RouteDialog } from '@/components/ui/route-dialog'
import { NewIdentity } from '../../new/new-identity'

export default async function NewIdentityDialog({ searchParams }: { searchParams: Promise<{ acs_user_id?: string }> }) {
  return (
    <RouteDialog title="New identity">
      <NewIdentity acsUserId={(await searchParams).acs_user_id} />
    </RouteDialog>
  )
}
