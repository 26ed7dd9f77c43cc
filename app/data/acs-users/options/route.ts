import type { NextRequest } from 'next/server'
import type { AttachOptions } from '@/components/acs-users/attach-dialog'
import { searchAcsUsers } from '@/lib/access/acs-users/queries'
import { respondToAdmin } from '@/lib/accounts/acting-admin/acting-admin'
import { getUserIdentity } from '@/lib/people/identities/queries'
import { suggestAcsUsers } from '@/lib/people/matching/queries'

const mostSuggested = 5
const mostFound = 30

/** ACS users of one access system (`system`) that can be attached to an identity (`identity`), searched by `q`. */
export function GET(request: NextRequest): Promise<Response> {
  const given = request.nextUrl.searchParams
  const [system, identity, search] = ['system', 'identity', 'q'].map((name) => given.get(name) ?? '') as [
    string,
    string,
    string,
  ]
  return respondToAdmin(
    async ({ workspace }): Promise<AttachOptions> => {
      const person = await getUserIdentity(workspace.workspaceId, identity)
      const [found, suggested] = await Promise.all([
        searchAcsUsers(workspace.workspaceId, system, search, mostFound),
        search === '' ? suggestAcsUsers(workspace.workspaceId, person, system) : [],
      ])
      return { found, suggested: suggested.slice(0, mostSuggested) }
    },
    { kind: 'search' },
  )
}
