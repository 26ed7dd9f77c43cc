/**
 * How many rows are counted at most: who has more than that looks for none of them by leafing, and counting
 * on would take the longer the larger a workspace is.
 */
export const mostCounted = 10_000

/** Whether a total stands for more than it says: counting ends at one more. Where a larger one is told, it was kept and is exact. */
export function isMoreThanCounted(total: number): boolean {
  return total === mostCounted + 1
}
