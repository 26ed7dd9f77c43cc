import type { NextRequest } from 'next/server'
import { exportName } from '@/app/csv-response'
import { respondWithCsv } from '@/app/respond-with-csv'
import { importReport } from '@/lib/import/report'

/** What became of each row of an import, as a CSV file. */
export async function GET(_request: NextRequest, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return respondWithCsv(async ({ workspace }) => {
    const { parts } = await importReport(workspace.workspaceId, (await params).id)
    return { fileName: exportName('import report'), parts }
  })
}
