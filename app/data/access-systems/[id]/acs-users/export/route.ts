import type { NextRequest } from 'next/server'
import { exportName } from '@/app/file-response'
import { respondWithFile } from '@/app/respond-with-file'
import { acsUsersTable } from '@/lib/access/acs-users/export'
import { readAcsUserListParameters } from '@/lib/access/acs-users/list-parameters'
import { getAccessSystem } from '@/lib/access/systems/queries'

/** An access system's ACS users as a file; the same parameters as its page's own address. */
export async function GET(request: NextRequest, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const { searchParams } = request.nextUrl
  return respondWithFile(async ({ workspace }) => {
    const { acsSystemId, name } = await getAccessSystem(workspace.workspaceId, (await params).id)
    const table = acsUsersTable(workspace.workspaceId, acsSystemId, readAcsUserListParameters(searchParams))
    return { name: exportName(`acs-users-${name}`), table }
  }, searchParams)
}
