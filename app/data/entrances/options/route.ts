import type { NextRequest } from 'next/server'
import { type DoorOption, searchDoors } from '@/lib/access/diagnosis/queries'
import { respondToAdmin } from '@/lib/accounts/acting-admin/acting-admin'
import { getUserIdentity } from '@/lib/people/identities/queries'

const mostFound = 20

/** Doors that may be asked about for a person (`identity`), searched by `q`. */
export function GET(request: NextRequest): Promise<Response> {
  const given = request.nextUrl.searchParams
  return respondToAdmin(
    async ({ workspace }): Promise<DoorOption[]> => {
      const { userIdentityId } = await getUserIdentity(workspace.workspaceId, given.get('identity') ?? '')
      return searchDoors(workspace.workspaceId, userIdentityId, given.get('q') ?? '', mostFound)
    },
    { kind: 'search' },
  )
}
