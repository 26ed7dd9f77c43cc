import type { NextRequest } from 'next/server'
import { csvResponse, exportName } from '@/app/csv-response'
import { viewerTimeZone } from '@/app/viewer-time-zone'
import { findActingAdmin, respondToAdmin } from '@/lib/auth/acting-admin'
import { eventsAsCsv } from '@/lib/events/export'
import { readEventListParameters, toEventFilter } from '@/lib/events/list-parameters'

/** The workspace's events as a CSV file; the same parameters as the page's own address. */
export async function GET(request: NextRequest): Promise<Response> {
  const admin = await findActingAdmin()
  // Says that the session has ended, as every data route does.
  if (!admin) return respondToAdmin(async () => null)
  const filter = toEventFilter(readEventListParameters(request.nextUrl.searchParams), await viewerTimeZone())
  const lines = eventsAsCsv(admin.workspace.workspaceId, filter)
  return csvResponse(exportName('events'), lines)
}
