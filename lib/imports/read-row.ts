import type { ColumnMapping, RowProblem } from '@/db/schema/imports'
import { fromCsvCell } from '@/lib/platform/csv/cell'
import { nameDamage } from './damage'
import { type ImportField, rowActions } from './import'

export type RowAction = (typeof rowActions)[number]

/** What the cells of a row say, field by field; blank and damaged ones are left out. */
export type WrittenRow = {
  action: RowAction | null
  written: Partial<Record<ImportField, string>>
  problems: RowProblem[]
}

/** Gives a reader of rows whose columns hold these fields. A first and a last name make the full name. */
export function cellReader(mapping: ColumnMapping, columnCount: number, defaultCountry: string) {
  const fields = Object.entries(mapping) as [ImportField, number][]
  return (cells: string[]): WrittenRow => {
    const problems: RowProblem[] = []
    const cellsByField: Partial<Record<ImportField, string>> = {}
    if (cells.length > columnCount && cells.slice(columnCount).some((cell) => cell.trim() !== '')) {
      problems.push({
        field: null,
        message: `The row has ${cells.length} cells, but the file has ${columnCount} columns: a cell may contain the delimiter without quotation marks.`,
      })
    }
    for (const [field, column] of fields) {
      const cell = fromCsvCell(cells[column] ?? '').trim()
      if (cell === '') continue
      const damage = nameDamage(field, cell, defaultCountry)
      if (damage) problems.push({ field, message: damage })
      else cellsByField[field] = cell
    }
    const { first_name, last_name, action: saidAction, ...written } = cellsByField
    const joined = [first_name, last_name].filter(Boolean).join(' ')
    if (!written.full_name && joined) written.full_name = joined
    const action = rowActions.find((known) => known === saidAction?.toLowerCase()) ?? null
    if (saidAction && !action) {
      problems.push({ field: 'action', message: `The action must be ${rowActions.join(', ')}, or blank.` })
    }
    return { action, written, problems }
  }
}
