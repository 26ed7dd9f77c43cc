// A reader that expects another delimiter, or no quotes, also begins a cell after one of these.
const separator = String.raw`[;|\t\r\n]`
// What spreadsheets skip before a formula: white space, characters that can't be seen, and quotes.
const skipped = String.raw`(?:(?!${separator})[\s\p{Cc}\p{Cf}"])*`
const cellStart = `(^|${separator})(${skipped})`
// Full-width signs count, because spreadsheets in East Asian locales compute them too.
const formula = "'*[=+\\-@＝＋－＠]"

const atRisk = new RegExp(`${cellStart}(?=${formula})`, 'gu')
const madeHarmless = new RegExp(`${cellStart}'(?=${formula})`, 'gu')

/**
 * Makes a text harmless as a cell of a CSV file. An apostrophe goes before whatever a spreadsheet could compute, at the
 * start of the cell and wherever another delimiter would start one.
 */
export function csvCell(text: string): string {
  return text.replace(atRisk, "$1$2'")
}

/** Restores the text that `csvCell` was given, so that an exported file can be imported unchanged. */
export function fromCsvCell(cell: string): string {
  return cell.replace(madeHarmless, '$1$2')
}
