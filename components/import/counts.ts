const number = new Intl.NumberFormat('en')

/** “1,200 rows”, “1 row”. */
export function rowsInWords(count: number): string {
  return `${number.format(count)} ${count === 1 ? 'row' : 'rows'}`
}

/** “1,200 people”, “1 person”. */
export function peopleInWords(count: number): string {
  return `${number.format(count)} ${count === 1 ? 'person' : 'people'}`
}

/** A count as it stands beside others. */
export function formatCount(count: number): string {
  return number.format(count)
}

/** Counts in words, without those of nothing: “3 created, 1 refused”. */
export function countsInWords<Name extends string>(
  counts: Partial<Record<Name, number>>,
  names: Record<Name, string>,
): string {
  return (Object.keys(names) as Name[])
    .filter((name) => counts[name])
    .map((name) => `${number.format(counts[name] ?? 0)} ${names[name].toLowerCase()}`)
    .join(', ')
}
