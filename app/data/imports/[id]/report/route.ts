import type { NextRequest } from 'next/server'
import { csvResponse, exportName } from '@/app/csv-response'
import { respondToAdmin } from '@/lib/auth/acting-admin'
import { importReport } from '@/lib/import/report'

/** What became of each row of an import, as a CSV file. */
export async function GET(_request: NextRequest, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  let report: Awaited<ReturnType<typeof importReport>> | undefined
  const refused = await respondToAdmin(
    async ({ workspace }) => {
      report = await importReport(workspace.workspaceId, (await params).id)
      return null
    },
    { kind: 'export' },
  )
  if (!report) return refused
  return csvResponse(exportName('import report'), report.parts)
}
