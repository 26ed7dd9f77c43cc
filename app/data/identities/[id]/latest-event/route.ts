import type { NextRequest } from 'next/server'
import { respondToAdmin } from '@/lib/accounts/acting-admin/acting-admin'
import { getLatestEvent } from '@/lib/history/events/queries'

/** The newest of what happened to a person; asked every few seconds by the page that shows them. */
export function GET(_request: NextRequest, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return respondToAdmin(async ({ workspace }) => getLatestEvent(workspace.workspaceId, (await params).id))
}
