/** What a spreadsheet calls a column: A to Z, then AA and so on. @param position from 0 */
export function columnName(position: number): string {
  const letter = String.fromCharCode(65 + (position % 26))
  return position < 26 ? letter : columnName(Math.floor(position / 26) - 1) + letter
}
