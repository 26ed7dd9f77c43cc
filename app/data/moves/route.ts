import type { NextRequest } from 'next/server'
import { respondToAdmin } from '@/lib/accounts/acting-admin/acting-admin'
import { listMovingPeople } from '@/lib/people/moves/queries'

/** What a move would concern: people (`ids`, by commas) with their ACS users and credentials. */
export function GET(request: NextRequest): Promise<Response> {
  const ids = (request.nextUrl.searchParams.get('ids') ?? '').split(',')
  return respondToAdmin(({ workspace }) => listMovingPeople(workspace.workspaceId, ids))
}
