/* One of the two set-ups of bench/wall/bench.ts, in a process of its own: prints the median of each in milliseconds. */
import { closeDatabase, databaseSetUp } from '@/db/client'
import { inWorkspace, withoutWorkspace } from '@/db/scope'
import { createApiKey } from '@/lib/http-api/api-keys/commands'
import { app } from '@/lib/http-api/app'
import { readsOf } from '../speed/reads'
import { takeSamples } from '../speed/workspace-samples'

const [workspaceId = '', people = '', rounds = ''] = process.argv.slice(2)

type Measured = { name: string; variants: (() => Promise<unknown>)[] }

async function apiCalls(secret: string, identityIds: string[], acsSystemIds: string[]): Promise<Measured[]> {
  const call = async (path: string, parameters: object) => {
    const headers = { Authorization: `Bearer ${secret}`, 'Content-Type': 'application/json' }
    const body = JSON.stringify(parameters)
    const response = await app.fetch(new Request(`http://localhost/api${path}`, { method: 'POST', headers, body }))
    const answer = await response.json()
    if (response.status !== 200) throw new Error(`${path}: ${JSON.stringify(answer)}`)
    return answer
  }
  const [acs_system_id] = acsSystemIds
  const attach = async () => {
    const { user_identity } = await call('/user_identities/create', { full_name: 'Ada Byron' })
    const made = await call('/acs/users/create', { acs_system_id, full_name: 'Ada Byron' })
    const ids = { user_identity_id: user_identity.user_identity_id, acs_user_id: made.acs_user.acs_user_id }
    await call('/user_identities/add_acs_user', ids)
  }
  return [
    { name: 'API: list', variants: [() => call('/user_identities/list', { limit: 50 })] },
    {
      name: 'API: get',
      variants: identityIds.map((user_identity_id) => () => call('/user_identities/get', { user_identity_id })),
    },
    { name: 'API: create', variants: [() => call('/user_identities/create', { full_name: 'Ada Byron' })] },
    { name: 'API: create both, attach', variants: [attach] },
  ]
}

async function medianOf({ variants }: Measured): Promise<number> {
  const times: number[] = []
  for (let round = -3; round < Number(rounds); round++) {
    const run = variants[Math.abs(round) % variants.length]
    const begun = performance.now()
    await run?.()
    if (round >= 0) times.push(performance.now() - begun)
  }
  return times.sort((one, other) => one - other)[Math.floor(times.length / 2)] ?? Number.NaN
}

const medians: Record<string, number> = {}
const setUp = await databaseSetUp()
const { measured, secret, samples } = await inWorkspace(workspaceId, async () => {
  const samples = await takeSamples(workspaceId, Number(people))
  const actor = { workspaceId, kind: 'system', id: null, name: 'Bench' } as const
  return { samples, measured: readsOf(samples), secret: (await createApiKey(actor, { name: 'Bench' })).secret }
})
for (const read of measured) medians[read.name] = await inWorkspace(workspaceId, () => medianOf(read))
for (const request of await apiCalls(secret, samples.identityIds, samples.acsSystemIds)) {
  medians[request.name] = await withoutWorkspace(() => medianOf(request))
}
await closeDatabase()
console.log(JSON.stringify({ setUp, medians }))
