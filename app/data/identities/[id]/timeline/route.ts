import type { NextRequest } from 'next/server'
import { respondToAdmin } from '@/lib/accounts/acting-admin/acting-admin'
import { readEventKind } from '@/lib/history/events/kinds'
import { listEvents } from '@/lib/history/events/queries'
import { getUserIdentity } from '@/lib/people/identities/queries'
import { may } from '@/lib/platform/permissions'

const pageSize = 50

/** A person's history after a `cursor`, of one `kind` or of all. */
export function GET(request: NextRequest, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const given = request.nextUrl.searchParams
  return respondToAdmin(async ({ workspace }) => {
    const { userIdentityId } = await getUserIdentity(workspace.workspaceId, (await params).id)
    return listEvents(
      workspace.workspaceId,
      { userIdentityId, kind: readEventKind(given.get('kind')) },
      (permission) => may(workspace.role, permission),
      { cursor: given.get('cursor'), limit: pageSize },
    )
  })
}
