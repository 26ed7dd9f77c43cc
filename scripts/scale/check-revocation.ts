import { setTimeout as sleep } from 'node:timers/promises'
import type { Outcome } from '../faults/scenario'
import { runScript } from '../processes/run-script'
import type { Cluster } from './cluster'

/** A key that is revoked is refused by every instance at once, though each keeps the keys that it knows. */
export async function checkRevocation({ target, instances }: Cluster): Promise<Outcome> {
  const key = await runScript(target.variables, 'api-key', '--workspace', 'demo', '--name', 'To be revoked')
  const statuses = () =>
    Promise.all(
      instances.map(async ({ url }) => {
        const response = await fetch(`${url}/api/workspaces/get`, { headers: { Authorization: `Bearer ${key}` } })
        return response.status
      }),
    )
  const problems: string[] = []
  // Twice: the first has the connection for notifications opened, the second has the key kept.
  await statuses()
  await sleep(500)
  if (String(await statuses()) !== '200,200') problems.push('a new key was refused')
  await target.inspect(async (query) => {
    const [row] = await query<{ public_id: string }>(
      "update api_keys set revoked_at = now() where name = 'To be revoked' returning public_id",
    )
    await query("select pg_notify('keyholder_api_key_revoked', $1)", [row?.public_id])
  })
  await sleep(500)
  const after = String(await statuses())
  if (after !== '401,401') problems.push(`half a second after a key was revoked it was answered ${after}`)
  return {
    ...{ fault: 'a key is revoked', database: 'postgres', acknowledged: 0, found: 0 },
    notes: ['refused by both instances within half a second'],
    problems,
  }
}
