import type { NextRequest } from 'next/server'
import { exportName } from '@/app/file-response'
import { respondWithFile } from '@/app/respond-with-file'
import { importReport } from '@/lib/imports/report'

/** What became of each row of an import, as a file. */
export async function GET(request: NextRequest, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return respondWithFile(async ({ workspace }) => {
    return { name: exportName('import report'), table: await importReport(workspace.workspaceId, (await params).id) }
  }, request.nextUrl.searchParams)
}
