/**
 * How many rows are counted at most: who has more than that looks for none of them by leafing, and counting
 * on would take the longer the larger a workspace is.
 */
export const mostCounted = 10_000

/** Whether a total that was counted so far stands for more than it says. */
export function isMoreThanCounted(total: number): boolean {
  return total > mostCounted
}
