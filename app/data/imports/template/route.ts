import type { NextRequest } from 'next/server'
import { respondWithCsv } from '@/app/respond-with-csv'
import { importTemplate } from '@/lib/import/report'

/** An empty file to fill in: of ACS users where `kind` says so, else of people. */
export async function GET(request: NextRequest): Promise<Response> {
  return respondWithCsv(async () =>
    request.nextUrl.searchParams.get('kind') === 'acs_users'
      ? { fileName: 'import-acs-users.csv', parts: importTemplate('acs_users') }
      : { fileName: 'import-people.csv', parts: importTemplate('user_identities') },
  )
}
