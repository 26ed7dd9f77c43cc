const beginsFormula = /^[=+\-@\t\r]/

/**
 * A text as it stands in a cell of a CSV file. What a spreadsheet would take for a formula gets an
 * apostrophe in front, so that it is shown, never computed.
 */
export function csvCell(text: string): string {
  return beginsFormula.test(text) ? `'${text}` : text
}

/** A text as it was before `csvCell`, so that what is written to a file and read from it again is the same. */
export function fromCsvCell(cell: string): string {
  return cell.startsWith("'") && beginsFormula.test(cell.slice(1)) ? cell.slice(1) : cell
}
