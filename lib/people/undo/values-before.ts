import type { Cell } from '@/lib/history/events/net-change'
import { contradiction } from './contradiction'

const moment = /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:?\d{2})$/

/** Whether two values of a field are the same; moments are, however they are written. */
export function isSame(one: string | null, other: string | null): boolean {
  if (one === other || one === null || other === null) return one === other
  return moment.test(one) && moment.test(other) && Date.parse(one) === Date.parse(other)
}

/**
 * The values that fields had before a change, for those that are still as the change left them.
 *
 * @param nameOf what to call a field in words
 * @throws Refusal `change_contradicted` for a field that was written since
 */
export function valuesBefore(
  current: Record<string, string | null>,
  cells: Map<string, Cell>,
  nameOf: (field: string) => string,
): Record<string, string | null> {
  const before: Record<string, string | null> = {}
  for (const [field, { from, to }] of cells) {
    const value = current[field] ?? null
    if (isSame(value, from)) continue
    if (!isSame(value, to)) throw contradiction(`${nameOf(field)} was changed again since.`)
    before[field] = from
  }
  return before
}
