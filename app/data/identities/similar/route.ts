import type { NextRequest } from 'next/server'
import { respondToAdmin } from '@/lib/accounts/acting-admin/acting-admin'
import { findSimilarIdentities } from '@/lib/people/identities/queries'
import { readUnfinishedIdentity } from '@/lib/people/identities/unfinished-identity'

/** Whoever already has what is being typed into an identity's form; `except` is the one being edited. */
export function GET(request: NextRequest): Promise<Response> {
  const given = request.nextUrl.searchParams
  return respondToAdmin(
    ({ workspace }) => {
      const { except, ...characteristics } = readUnfinishedIdentity(given, workspace.defaultCountry)
      return findSimilarIdentities(workspace.workspaceId, characteristics, except)
    },
    { kind: 'search' },
  )
}
