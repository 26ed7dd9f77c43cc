import type { NextRequest } from 'next/server'
import { respondToAdmin } from '@/lib/accounts/acting-admin/acting-admin'
import { readIdentityListParameters } from '@/lib/people/identities/list-parameters'
import { listUserIdentities } from '@/lib/people/identities/queries'

/** A page of the identities list; the same parameters as the page's own address. */
export function GET(request: NextRequest): Promise<Response> {
  const parameters = readIdentityListParameters(request.nextUrl.searchParams)
  return respondToAdmin(({ workspace }) => listUserIdentities(workspace.workspaceId, parameters), { kind: 'search' })
}
