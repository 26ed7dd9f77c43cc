import type { NextRequest } from 'next/server'
import { respondToAdmin } from '@/lib/accounts/acting-admin/acting-admin'
import { readQueueParameters } from '@/lib/people/reconcile/list-parameters'
import { listCertainMatches, listCertainMatchesOf } from '@/lib/people/reconcile/queries'

/** What is certain in the next part of the queue; the same parameters as the page's own address, and a `cursor`. */
export function GET(request: NextRequest): Promise<Response> {
  const given = request.nextUrl.searchParams
  return respondToAdmin(
    ({ workspace }) => listCertainMatches(workspace.workspaceId, readQueueParameters(given), given.get('cursor')),
    { kind: 'search' },
  )
}

/** What is certain about some people, whose ids are the body. */
export function POST(request: Request): Promise<Response> {
  return respondToAdmin(
    async ({ workspace }) => listCertainMatchesOf(workspace.workspaceId, await request.json().catch(() => null)),
    { kind: 'search' },
  )
}
