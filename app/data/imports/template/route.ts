import type { NextRequest } from 'next/server'
import { csvResponse } from '@/app/csv-response'
import { respondToAdmin } from '@/lib/auth/acting-admin'
import { importTemplate } from '@/lib/import/report'

/** An empty file to fill in: of ACS users where `kind` says so, else of people. */
export async function GET(request: NextRequest): Promise<Response> {
  const answer = await respondToAdmin(async () => null, { kind: 'export' })
  if (!answer.ok) return answer
  return request.nextUrl.searchParams.get('kind') === 'acs_users'
    ? csvResponse('import-acs-users.csv', importTemplate('acs_users'))
    : csvResponse('import-people.csv', importTemplate('user_identities'))
}
