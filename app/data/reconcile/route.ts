import type { NextRequest } from 'next/server'
import { respondToAdmin } from '@/lib/accounts/acting-admin/acting-admin'
import { readQueueParameters } from '@/lib/people/reconcile/list-parameters'
import { listQueue } from '@/lib/people/reconcile/queries'

/** The next rows of the queue; the same parameters as the page's own address, and a `cursor`. */
export function GET(request: NextRequest): Promise<Response> {
  const given = request.nextUrl.searchParams
  return respondToAdmin(
    ({ workspace }) => listQueue(workspace.workspaceId, readQueueParameters(given), given.get('cursor')),
    { kind: 'search' },
  )
}
