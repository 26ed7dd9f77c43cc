import type { NextRequest } from 'next/server'
import { exportName } from '@/app/file-response'
import { respondWithFile } from '@/app/respond-with-file'
import { identitiesTable } from '@/lib/people/identities/export'
import { readIdentityListParameters } from '@/lib/people/identities/list-parameters'
import { mostSelected } from '@/lib/people/identities/selection'
import { idList, parseInput } from '@/lib/platform/input'

/** The workspace's people as a file; the same parameters as the list's own address. */
export async function GET(request: NextRequest): Promise<Response> {
  return respond(request, async () => null)
}

/** The same, of those alone whose ids are the body: too many for an address. */
export async function POST(request: NextRequest): Promise<Response> {
  return respond(request, async () => parseInput(idList('ids', mostSelected), await request.json().catch(() => null)))
}

async function respond(request: NextRequest, readIds: () => Promise<string[] | null>): Promise<Response> {
  const { searchParams } = request.nextUrl
  return respondWithFile(async ({ workspace }) => {
    const parameters = readIdentityListParameters(searchParams)
    const table = identitiesTable(workspace.workspaceId, parameters, await readIds())
    return { name: exportName('identities'), table }
  }, searchParams)
}
