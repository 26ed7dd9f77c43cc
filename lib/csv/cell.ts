const beginsFormula = /^[=+\-@\t\r]/

/**
 * A text as it stands in a cell of a CSV file. What a spreadsheet would take for a formula gets an
 * apostrophe in front, so that it is shown, never computed.
 */
export function csvCell(text: string): string {
  return beginsFormula.test(text) ? `'${text}` : text
}
