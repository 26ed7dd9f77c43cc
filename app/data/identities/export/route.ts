import type { NextRequest } from 'next/server'
import { z } from 'zod'
import { csvResponse, exportName } from '@/app/csv-response'
import { respondToAdmin } from '@/lib/auth/acting-admin'
import { identitiesAsCsv } from '@/lib/identities/export'
import { readIdentityListParameters } from '@/lib/identities/list-parameters'
import { parseInput, uuid } from '@/lib/parse-input'

/** The workspace's people as a CSV file; the same parameters as the list's own address. */
export async function GET(request: NextRequest): Promise<Response> {
  return respond(request, async () => null)
}

/** The same, of those alone whose ids the form field `ids` holds, separated by commas: too many for an address. */
export async function POST(request: NextRequest): Promise<Response> {
  return respond(request, async () => {
    const ids = (await request.formData()).get('ids')
    return parseInput(z.array(uuid('ids')), String(ids ?? '').split(','))
  })
}

async function respond(request: NextRequest, readIds: () => Promise<string[] | null>): Promise<Response> {
  const parameters = readIdentityListParameters(request.nextUrl.searchParams)
  let lines: ReturnType<typeof identitiesAsCsv> | undefined
  const refused = await respondToAdmin(async ({ workspace }) => {
    lines = identitiesAsCsv(workspace.workspaceId, parameters, await readIds())
    return null
  })
  return lines ? csvResponse(exportName('identities'), lines) : refused
}
