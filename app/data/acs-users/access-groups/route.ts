import type { NextRequest } from 'next/server'
import { type AccessGroupOption, listAccessGroupOptions } from '@/lib/access/groups/queries'
import { respondToAdmin } from '@/lib/accounts/acting-admin/acting-admin'

/** The access groups that an ACS user (`acs_user`) is or can be in; with `door`, which of them open it. */
export function GET(request: NextRequest): Promise<Response> {
  const given = request.nextUrl.searchParams
  return respondToAdmin(
    ({ workspace }): Promise<AccessGroupOption[]> =>
      listAccessGroupOptions(workspace.workspaceId, given.get('acs_user') ?? '', given.get('door')),
  )
}
