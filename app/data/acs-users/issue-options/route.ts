import type { NextRequest } from 'next/server'
import { type IssueOption, listIssueOptions } from '@/lib/access/credentials/queries'
import { respondToAdmin } from '@/lib/accounts/acting-admin/acting-admin'

/** For whom a mobile credential can be issued: an ACS user (`acs_user`), or all of an identity's (`identity`). */
export function GET(request: NextRequest): Promise<Response> {
  const given = request.nextUrl.searchParams
  const identity = given.get('identity')
  const of = identity === null ? { acsUserId: given.get('acs_user') ?? '' } : { userIdentityId: identity }
  return respondToAdmin(({ workspace }): Promise<IssueOption[]> => listIssueOptions(workspace.workspaceId, of))
}
