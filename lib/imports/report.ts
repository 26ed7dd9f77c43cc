import { fromCsvCell } from '@/lib/platform/csv/cell'
import type { Table } from '@/lib/platform/tables/table'
import { fieldNameOf, fieldsOf, type ImportKind, type ImportRow, outcomeNames, planNames } from './import'
import { getImport, readImportRows } from './queries'

/**
 * An import's report: every row of the file as it was, with what became of it, or is to become of
 * it, and why; read batch by batch as fast as it is taken.
 *
 * @throws Refusal `import_not_found`, before the first row
 */
export async function importReport(workspaceId: string, importId: string): Promise<Table> {
  const { kind, headers } = await getImport(workspaceId, importId)
  async function* batches() {
    for await (const rows of readImportRows(workspaceId, importId)) yield rows.map((row) => lineOf(row, headers.length))
  }
  return { headers: ['Row', 'Outcome', 'Reason', idNames[kind], ...headers], batches: batches() }
}

const idNames: Record<ImportKind, string> = { user_identities: 'User identity ID', acs_users: 'ACS user ID' }

function lineOf({ rowNumber, cells, plan, outcome, problems, subjectId }: ImportRow, columns: number): string[] {
  const result = outcome ? outcomeNames[outcome] : plan ? `To do: ${planNames[plan].toLowerCase()}` : ''
  const filled = Array.from({ length: Math.max(columns, cells.length) }, (_, index) => fromCsvCell(cells[index] ?? ''))
  const reasons = problems.map(({ field, message }) =>
    [fieldNameOf(field), message].filter((part) => part !== null).join(': '),
  )
  return [String(rowNumber), result, reasons.join(' '), subjectId ?? '', ...filled]
}

/** An empty file of a kind with every column that is known. */
export function importTemplate(kind: ImportKind): Table {
  const headers = fieldsOf[kind].filter((field) => field !== 'first_name' && field !== 'last_name')
  return { headers, batches: noRows() }
}

async function* noRows(): AsyncGenerator<string[][]> {}
