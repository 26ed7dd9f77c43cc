import type { NextRequest } from 'next/server'
import { exportName } from '@/app/csv-response'
import { respondWithCsv } from '@/app/respond-with-csv'
import { getAccessSystem } from '@/lib/access-systems/queries'
import { acsUsersAsCsv } from '@/lib/acs-users/export'
import { readAcsUserListParameters } from '@/lib/acs-users/list-parameters'

/** An access system's ACS users as a CSV file; the same parameters as its page's own address. */
export async function GET(request: NextRequest, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const { searchParams } = request.nextUrl
  return respondWithCsv(async ({ workspace }) => {
    const { acsSystemId, name } = await getAccessSystem(workspace.workspaceId, (await params).id)
    const parts = acsUsersAsCsv(workspace.workspaceId, acsSystemId, readAcsUserListParameters(searchParams))
    return { fileName: exportName(`acs-users-${name}`), parts }
  }, searchParams)
}
