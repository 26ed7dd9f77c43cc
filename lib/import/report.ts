import { stringify } from 'csv-stringify/sync'
import { csvCell, fromCsvCell } from '../csv/cell'
import { fieldKeys, type ImportRow, importFields, outcomeNames, planNames } from './import'
import { getImport, readImportRows } from './queries'

const format = { record_delimiter: 'windows' } as const
// Spreadsheets take a file for UTF-8 by its byte order mark.
const byteOrderMark = '\uFEFF'

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
  const own = ['Row', 'Outcome', 'Reason', 'User identity ID']
  async function* parts() {
    yield `${byteOrderMark}${stringify([[...own, ...headers].map(csvCell)], format)}`
    for await (const rows of readImportRows(workspaceId, importId)) {
      yield stringify(
        rows.map((row) => lineOf(row, headers.length)),
        format,
      )
    }
  }
  return { fileName, parts: parts() }
}

function lineOf({ rowNumber, cells, plan, outcome, problems, userIdentityId }: ImportRow, columns: number): string[] {
  const result = outcome ? outcomeNames[outcome] : plan ? `To do: ${planNames[plan].toLowerCase()}` : ''
  const filled = Array.from({ length: Math.max(columns, cells.length) }, (_, index) => fromCsvCell(cells[index] ?? ''))
  const reasons = problems.map(({ field, message }) =>
    field && field in importFields ? `${importFields[field as keyof typeof importFields]}: ${message}` : message,
  )
  return [String(rowNumber), result, reasons.join(' '), userIdentityId ?? '', ...filled].map(csvCell)
}

/** An empty file with every column that is known. */
export function importTemplate(): string {
  return `${byteOrderMark}${stringify([fieldKeys.filter((field) => field !== 'first_name' && field !== 'last_name')], format)}`
}
