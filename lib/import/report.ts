import { fromCsvCell } from '../csv/cell'
import { csvFile } from '../csv/file'
import { fieldKeys, type ImportRow, importFields, outcomeNames, planNames } from './import'
import { getImport, readImportRows } from './queries'

/**
 * An import's report as CSV: every row of the file as it was, with what became of it, or is to become of
 * it, and why; read batch by batch as fast as it is taken.
 *
 * @throws Refusal `import_not_found`, before the first part
 */
export async function importReport(
  workspaceId: string,
  importId: string,
): Promise<{ fileName: string; parts: AsyncGenerator<string> }> {
  const { headers, fileName } = await getImport(workspaceId, importId)
  async function* lines() {
    for await (const rows of readImportRows(workspaceId, importId)) yield rows.map((row) => lineOf(row, headers.length))
  }
  return { fileName, parts: csvFile(['Row', 'Outcome', 'Reason', 'User identity ID', ...headers], lines()) }
}

function lineOf({ rowNumber, cells, plan, outcome, problems, userIdentityId }: ImportRow, columns: number): string[] {
  const result = outcome ? outcomeNames[outcome] : plan ? `To do: ${planNames[plan].toLowerCase()}` : ''
  const filled = Array.from({ length: Math.max(columns, cells.length) }, (_, index) => fromCsvCell(cells[index] ?? ''))
  const reasons = problems.map(({ field, message }) =>
    field && field in importFields ? `${importFields[field as keyof typeof importFields]}: ${message}` : message,
  )
  return [String(rowNumber), result, reasons.join(' '), userIdentityId ?? '', ...filled]
}

/** An empty file with every column that is known. */
export function importTemplate(): AsyncGenerator<string> {
  return csvFile(
    fieldKeys.filter((field) => field !== 'first_name' && field !== 'last_name'),
    noRows(),
  )
}

async function* noRows(): AsyncGenerator<string[][]> {}
