import type { Database } from '../client'
import { dumpDatabase } from './dump'
import type { TableSum } from './format'
import { type Restored, restoreDatabase } from './restore'

/**
 * Copies all that one database holds into another, as a backup and its restore would, without a file
 * between them. The first keeps what it has.
 *
 * @returns what each table came to in the one and, read from there again, in the other.
 * @throws what `dumpDatabase` and `restoreDatabase` throw; then the other is as it was.
 */
export async function moveDatabase(
  from: Database,
  to: Database,
  options: { replace: boolean },
): Promise<{ before: TableSum[]; after: TableSum[]; restored: Restored }> {
  let before: TableSum[] = []
  const restored = await restoreDatabase(to, options, async (take) => {
    before = await dumpDatabase(from, take)
  })
  return { before, after: restored.sums, restored }
}
