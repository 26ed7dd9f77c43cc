import type { NextRequest } from 'next/server'
import { respondToAdmin } from '@/lib/accounts/acting-admin/acting-admin'
import { getImport } from '@/lib/imports/queries'

/** How an import stands; asked every second by the page that shows its progress. */
export function GET(_request: NextRequest, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return respondToAdmin(async ({ workspace }) => {
    const { state, job } = await getImport(workspace.workspaceId, (await params).id)
    return { state, job }
  })
}
