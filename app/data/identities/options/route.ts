import type { NextRequest } from 'next/server'
import type { IdentityOptions } from '@/components/acs-users/identity-choice'
import { getAcsUser } from '@/lib/access/acs-users/queries'
import { respondToAdmin } from '@/lib/accounts/acting-admin/acting-admin'
import { searchIdentityOptions } from '@/lib/people/identities/queries'
import { suggestIdentities } from '@/lib/people/matching/queries'

const mostFound = 30

/** Identities that an ACS user (`acs_user`) can be attached to, searched by `q`. */
export function GET(request: NextRequest): Promise<Response> {
  const given = request.nextUrl.searchParams
  const search = given.get('q') ?? ''
  return respondToAdmin(
    async ({ workspace }): Promise<IdentityOptions> => {
      const acsUser = await getAcsUser(workspace.workspaceId, given.get('acs_user') ?? '')
      const [found, suggested] = await Promise.all([
        searchIdentityOptions(workspace.workspaceId, acsUser.acsSystemId, search, mostFound),
        search === '' ? suggestIdentities(workspace.workspaceId, acsUser) : [],
      ])
      return { found, suggested }
    },
    { kind: 'search' },
  )
}
