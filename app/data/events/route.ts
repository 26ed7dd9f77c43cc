import type { NextRequest } from 'next/server'
import { viewerTimeZone } from '@/app/viewer-time-zone'
import { respondToAdmin } from '@/lib/accounts/acting-admin/acting-admin'
import { readEventListParameters, toEventFilter } from '@/lib/history/events/list-parameters'
import { listEvents } from '@/lib/history/events/queries'
import { may } from '@/lib/platform/permissions'

const pageSize = 50

/** The workspace's events after a `cursor`; otherwise the same parameters as the page's own address. */
export function GET(request: NextRequest): Promise<Response> {
  const given = request.nextUrl.searchParams
  return respondToAdmin(async ({ workspace }) =>
    listEvents(
      workspace.workspaceId,
      toEventFilter(readEventListParameters(given), await viewerTimeZone()),
      (permission) => may(workspace.role, permission),
      { cursor: given.get('cursor'), limit: pageSize },
    ),
  )
}
