import type { NextRequest } from 'next/server'
import { csvResponse, exportName } from '@/app/csv-response'
import { viewerTimeZone } from '@/app/viewer-time-zone'
import { respondToAdmin } from '@/lib/auth/acting-admin'
import { eventsAsCsv } from '@/lib/events/export'
import { readEventListParameters, toEventFilter } from '@/lib/events/list-parameters'

/** The workspace's events as a CSV file; the same parameters as the page's own address. */
export async function GET(request: NextRequest): Promise<Response> {
  const { searchParams } = request.nextUrl
  let file: Response | undefined
  const refused = await respondToAdmin(
    async ({ workspace }) => {
      const filter = toEventFilter(readEventListParameters(searchParams), await viewerTimeZone())
      file = csvResponse(exportName('events'), eventsAsCsv(workspace.workspaceId, filter))
      return null
    },
    { parameters: searchParams, kind: 'export' },
  )
  return file ?? refused
}
