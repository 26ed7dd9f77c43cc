import type { NextRequest } from 'next/server'
import { exportName } from '@/app/file-response'
import { respondWithFile } from '@/app/respond-with-file'
import { viewerTimeZone } from '@/app/viewer-time-zone'
import { eventsTable } from '@/lib/history/events/export'
import { readEventListParameters, toEventFilter } from '@/lib/history/events/list-parameters'

/** The workspace's events as a file; the same parameters as the page's own address. */
export async function GET(request: NextRequest): Promise<Response> {
  const { searchParams } = request.nextUrl
  return respondWithFile(async ({ workspace }) => {
    const filter = toEventFilter(readEventListParameters(searchParams), await viewerTimeZone())
    return { name: exportName('events'), table: eventsTable(workspace.workspaceId, filter) }
  }, searchParams)
}
