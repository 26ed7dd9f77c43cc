import { sql } from 'drizzle-orm'
import type { Database } from '../client'
import { addAcsUsers } from './acs-users'
import type { Batch } from './batch'
import { addIdentities } from './identities'
import { addSites } from './sites'

const firstBatchSize = 1000
const batchSize = 10_000
const day = 86_400_000
const daysOfHistory = 730
const searchIndexes = ['user_identities_search', 'acs_users_search', 'acs_users_to_reconcile_search']

/** Every phone number must be another one, of the seven digits behind an area code that nobody has. */
export const mostIdentities = 5_000_000

/**
 * Fills an empty workspace with so many people, five access systems, three ACS users a person on
 * average (some attached to nobody), and their credentials and history, for measuring at any size.
 * The rows are made inside the database, and all of them or none come to stay.
 *
 * @param options.onProgress is told how many identities there are so far.
 */
export async function fillWorkspaceInBulk(
  database: Database,
  workspaceId: string,
  { identities, onProgress }: { identities: number; onProgress?: (done: number) => void },
): Promise<void> {
  const end = Date.now() - day
  const start = end - daysOfHistory * day
  await database.transaction(async (transaction) => {
    // Search indexes take large helpings better than row after row, so for this once new rows may wait.
    await transaction.execute(sql`set local gin_pending_list_limit = '64MB'`)
    for (const index of searchIndexes) {
      await transaction.execute(sql`alter index ${sql.identifier(index)} set (fastupdate = on)`)
    }
    await transaction.execute(sql`set local maintenance_work_mem = '256MB'`)
    const systems = await addSites(transaction, workspaceId, new Date(start - day))
    let counted = 0
    for (let first = 1, last = 0; first <= identities; first = last + 1) {
      last = Math.min(last + (last === 0 ? firstBatchSize : batchSize), identities)
      const batch: Batch = { workspaceId, first, last, start, step: Math.floor((end - start) / identities) }
      await addIdentities(transaction, batch)
      await addAcsUsers(transaction, batch, systems)
      onProgress?.(last)
      // With statistics from when a table was nearly empty, foreign keys are looked up by the wrong indexes,
      // and each batch takes longer than the one before.
      if (last >= 2 * counted) {
        counted = last
        await transaction.execute(sql`analyze user_identities, acs_users, acs_credentials, events`)
      }
    }
    for (const index of searchIndexes) {
      await transaction.execute(sql`alter index ${sql.identifier(index)} set (fastupdate = off)`)
      await transaction.execute(sql`select gin_clean_pending_list(${index}::regclass)`)
    }
  })
  await database.execute(sql`analyze`)
}
