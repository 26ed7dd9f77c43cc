/** Half of the measurements took no longer than `p50`, 19 of 20 no longer than `p95`; milliseconds. */
export type Percentiles = { p50: number; p95: number }

/** The percentiles of some measurements. */
export function percentilesOf(milliseconds: number[]): Percentiles {
  const sorted = milliseconds.toSorted((one, other) => one - other)
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN
  return { p50: at(0.5), p95: at(0.95) }
}

/** The middle one of some numbers. */
export function medianOf(numbers: number[]): number {
  return percentilesOf(numbers).p50
}
