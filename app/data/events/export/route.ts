import type { NextRequest } from 'next/server'
import { exportName } from '@/app/csv-response'
import { respondWithCsv } from '@/app/respond-with-csv'
import { viewerTimeZone } from '@/app/viewer-time-zone'
import { eventsAsCsv } from '@/lib/events/export'
import { readEventListParameters, toEventFilter } from '@/lib/events/list-parameters'

/** The workspace's events as a CSV file; the same parameters as the page's own address. */
export async function GET(request: NextRequest): Promise<Response> {
  const { searchParams } = request.nextUrl
  return respondWithCsv(async ({ workspace }) => {
    const filter = toEventFilter(readEventListParameters(searchParams), await viewerTimeZone())
    return { fileName: exportName('events'), parts: eventsAsCsv(workspace.workspaceId, filter) }
  }, searchParams)
}
