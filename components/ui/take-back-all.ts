import type { ActionResult } from '@/lib/platform/refusals'
import { attempt } from './attempt'

export type UndoAll = (
  changeIds: string[],
) => Promise<ActionResult<{ refused: { message: string }[]; lostCredentials: number }>>

/** How many changes are taken back by one call; between two, others have their turn. */
const undoneAtOnce = 10

/**
 * Takes back several changes, call by call, or as many as nothing later stands in the way of.
 *
 * @returns how many were taken back, why others were not, and how many cards and door codes stay lost.
 */
export async function takeBackAll(undoAll: UndoAll, changeIds: string[]) {
  const taken = { undone: 0, refused: [] as string[], lostCredentials: 0 }
  for (let from = 0; from < changeIds.length; from += undoneAtOnce) {
    const batch = changeIds.slice(from, from + undoneAtOnce)
    const result = await attempt(() => undoAll(batch))
    if (!result.ok) {
      taken.refused.push(result.refusal.message)
      continue
    }
    taken.undone += batch.length - result.value.refused.length
    taken.refused.push(...result.value.refused.map(({ message }) => message))
    taken.lostCredentials += result.value.lostCredentials
  }
  return taken
}
