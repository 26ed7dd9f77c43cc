import type { NextRequest } from 'next/server'
import { csvResponse, exportName } from '@/app/csv-response'
import { respondToAdmin } from '@/lib/auth/acting-admin'
import { identitiesAsCsv } from '@/lib/identities/export'
import { readIdentityListParameters } from '@/lib/identities/list-parameters'
import { mostSelected } from '@/lib/identities/selection'
import { idList, parseInput } from '@/lib/parse-input'

/** The workspace's people as a CSV file; the same parameters as the list's own address. */
export async function GET(request: NextRequest): Promise<Response> {
  return respond(request, async () => null)
}

/** The same, of those alone whose ids are the body: too many for an address. */
export async function POST(request: NextRequest): Promise<Response> {
  return respond(request, async () => parseInput(idList('ids', mostSelected), await request.json().catch(() => null)))
}

async function respond(request: NextRequest, readIds: () => Promise<string[] | null>): Promise<Response> {
  const parameters = readIdentityListParameters(request.nextUrl.searchParams)
  let lines: ReturnType<typeof identitiesAsCsv> | undefined
  const refused = await respondToAdmin(
    async ({ workspace }) => {
      lines = identitiesAsCsv(workspace.workspaceId, parameters, await readIds())
      return null
    },
    { parameters: request.nextUrl.searchParams, kind: 'export' },
  )
  return lines ? csvResponse(exportName('identities'), lines) : refused
}
