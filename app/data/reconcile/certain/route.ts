import type { NextRequest } from 'next/server'
import { respondToAdmin } from '@/lib/auth/acting-admin'
import { listCertainMatches } from '@/lib/reconcile/queries'

/** What is certain in the next part of the queue, of one access system (`system`) or of all. */
export function GET(request: NextRequest): Promise<Response> {
  const given = request.nextUrl.searchParams
  return respondToAdmin(({ workspace }) =>
    listCertainMatches(workspace.workspaceId, given.get('system') || null, given.get('cursor')),
  )
}
