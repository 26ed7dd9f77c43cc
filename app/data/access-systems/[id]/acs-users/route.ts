import type { NextRequest } from 'next/server'
import { readAcsUserListParameters } from '@/lib/access/acs-users/list-parameters'
import { listAcsUsers } from '@/lib/access/acs-users/queries'
import { getAccessSystem } from '@/lib/access/systems/queries'
import { respondToAdmin } from '@/lib/accounts/acting-admin/acting-admin'

/** A page of an access system's ACS users; the same parameters as the page's own address. */
export async function GET(request: NextRequest, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const { id } = await params
  const parameters = readAcsUserListParameters(request.nextUrl.searchParams)
  return respondToAdmin(
    async ({ workspace }) => {
      const { acsSystemId } = await getAccessSystem(workspace.workspaceId, id)
      return listAcsUsers(workspace.workspaceId, acsSystemId, parameters)
    },
    { kind: 'search' },
  )
}
