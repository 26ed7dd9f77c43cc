import type { NextRequest } from 'next/server'
import { respondToAdmin } from '@/lib/accounts/acting-admin/acting-admin'
import { readIdentityListParameters } from '@/lib/people/identities/list-parameters'
import { listSelectable } from '@/lib/people/identities/queries'

/** Everybody whom the list's search and filters leave; the same parameters as the list's own address. */
export function GET(request: NextRequest): Promise<Response> {
  return respondToAdmin(
    ({ workspace }) => listSelectable(workspace.workspaceId, readIdentityListParameters(request.nextUrl.searchParams)),
    { kind: 'search' },
  )
}
