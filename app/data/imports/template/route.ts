import type { NextRequest } from 'next/server'
import { respondWithFile } from '@/app/respond-with-file'
import { importTemplate } from '@/lib/imports/report'

/** An empty file to fill in: of ACS users where `kind` says so, else of people. */
export async function GET(request: NextRequest): Promise<Response> {
  return respondWithFile(async () =>
    request.nextUrl.searchParams.get('kind') === 'acs_users'
      ? { name: 'import-acs-users', table: importTemplate('acs_users') }
      : { name: 'import-people', table: importTemplate('user_identities') },
  )
}
