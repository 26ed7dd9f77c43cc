import { cache } from 'react'
import { getAccessSystem } from '@/lib/access/systems/queries'
import { requireAdmin } from '@/lib/accounts/acting-admin/acting-admin'
import { orNotFound } from '../../or-not-found'

/** The access system of an address, or the 404 page; asked once per request by all parts of its page. */
export const findAccessSystem = cache(async (acsSystemId: string) => {
  const { workspace } = await requireAdmin()
  return orNotFound(getAccessSystem(workspace.workspaceId, acsSystemId))
})
