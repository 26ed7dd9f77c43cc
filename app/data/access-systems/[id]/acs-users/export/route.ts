import type { NextRequest } from 'next/server'
import { csvResponse, exportName } from '@/app/csv-response'
import { getAccessSystem } from '@/lib/access-systems/queries'
import { acsUsersAsCsv } from '@/lib/acs-users/export'
import { readAcsUserListParameters } from '@/lib/acs-users/list-parameters'
import { respondToAdmin } from '@/lib/auth/acting-admin'

/** An access system's ACS users as a CSV file; the same parameters as its page's own address. */
export async function GET(request: NextRequest, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const { id } = await params
  const parameters = readAcsUserListParameters(request.nextUrl.searchParams)
  let file: Response | undefined
  const refused = await respondToAdmin(
    async ({ workspace }) => {
      const { acsSystemId, name } = await getAccessSystem(workspace.workspaceId, id)
      file = csvResponse(exportName(`acs-users-${name}`), acsUsersAsCsv(workspace.workspaceId, acsSystemId, parameters))
      return null
    },
    { parameters: request.nextUrl.searchParams, kind: 'export' },
  )
  return file ?? refused
}
