import type { NextRequest } from 'next/server'
import { respondToAdmin } from '@/lib/accounts/acting-admin/acting-admin'
import { searchWorkspace } from '@/lib/people/search/queries'

/** What the command palette finds for `q`. */
export function GET(request: NextRequest): Promise<Response> {
  const search = request.nextUrl.searchParams.get('q') ?? ''
  return respondToAdmin(({ workspace }) => searchWorkspace(workspace.workspaceId, search), { kind: 'search' })
}
