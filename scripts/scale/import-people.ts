import { setTimeout as sleep } from 'node:timers/promises'
import { closeDatabase } from '@/db/client'
import { findWorkspaceId } from '@/lib/accounts/workspaces/queries'
import { applyImport, checkImport, receiveFile } from '@/lib/imports/commands'
import { getImport } from '@/lib/imports/queries'
import type { Actor } from '@/lib/platform/actor'
import type { Target } from '../processes/target'

const name = 'Imported at scale'

/**
 * Orders an import, which the instances of a cluster do, and waits for its end.
 *
 * @returns how many people and events there are of it then, and the time it took
 */
export async function importPeople(target: Target, people: number) {
  process.env.DATABASE_URL = target.variables.DATABASE_URL
  try {
    const workspaceId = await findWorkspaceId('demo')
    if (!workspaceId) throw new Error('There is no demo workspace.')
    const actor: Actor = { workspaceId, kind: 'system', id: null, name: 'Scale' }
    const lines = Array.from({ length: people }, (_, number) => `imported-${number},${name} ${number}`)
    const bytes = Buffer.from(`Key,Name\n${lines.join('\n')}\n`)
    const before = performance.now()
    const { importId } = await receiveFile(actor, { name: 'scale.csv', chunks: [bytes] }, { kind: 'user_identities' })
    await checkImport(actor, { import_id: importId, mapping: { user_identity_key: 0, full_name: 1 } })
    await whenState(workspaceId, importId, 'checked')
    await applyImport(actor, { import_id: importId, conflict_choice: 'skip', applies_removals: false })
    await whenState(workspaceId, importId, 'applied')
    const steps = `${((performance.now() - before) / 1000).toFixed(1)} s`
    const [counts] = await target.inspect((query) =>
      query<{ created: number; events: number }>(
        `select (select count(*)::int from user_identities where user_identity_key like 'imported-%') as created,
           (select count(*)::int from events where event_type = 'user_identity.created'
              and data ->> 'user_identity_name' like $1) as events`,
        [`${name} %`],
      ),
    )
    return { created: counts?.created ?? 0, events: counts?.events ?? 0, steps }
  } finally {
    await closeDatabase()
  }
}

async function whenState(workspaceId: string, importId: string, wanted: string): Promise<void> {
  for (const limit = performance.now() + 120_000; performance.now() < limit; await sleep(200)) {
    const { state } = await getImport(workspaceId, importId)
    if (state === wanted) return
  }
  throw new Error(`The import was not ${wanted} in time.`)
}
