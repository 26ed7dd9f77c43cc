import { formatCount } from '../ui/counts'

/** Counts in words, without those of nothing: “3 created, 1 refused”. */
export function countsInWords<Name extends string>(
  counts: Partial<Record<Name, number>>,
  names: Record<Name, string>,
): string {
  return (Object.keys(names) as Name[])
    .filter((name) => counts[name])
    .map((name) => `${formatCount(counts[name] ?? 0)} ${names[name].toLowerCase()}`)
    .join(', ')
}
