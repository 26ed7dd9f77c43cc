import { createApiKey } from '@/lib/http-api/api-keys/commands'
import { app } from '@/lib/http-api/app'
import { recordStatements, type Step } from './statements'
import { addUnlinkedPairs, type Pair } from './unlinked-pairs'
import type { WorkspaceSamples } from './workspace-samples'
import { newMark, newPerson } from './writes'

/**
 * A request to the API as it is sent and, for the server that it is compared with, as it was answered: the
 * statements and the JSON. `parts` are what every request has another of, with what the recorded one had.
 */
export type ServedRequest = {
  name: string
  path: string
  body: string
  steps: Step[]
  answer: unknown
  constant: string[]
  /** Of a read there are none: it may be sent again as it is. */
  parts: { kind: 'none' } | { kind: 'mark'; mark: string } | { kind: 'pair'; pair: Pair; others: Pair[] }
}

const mostPairs = 30_000

/** The API's requests that are measured, recorded, with the key to send them with. */
export async function recordRequests(
  samples: WorkspaceSamples,
): Promise<{ apiKey: string; requests: ServedRequest[] }> {
  const { workspaceId, identityIds, acsSystemIds } = samples
  const [acsSystemId = ''] = acsSystemIds
  const actor = { workspaceId, kind: 'system', id: null, name: 'Bench' } as const
  const { apiKey, secret } = await createApiKey(actor, { name: 'Bench' })
  const constant = [workspaceId, acsSystemId, apiKey.apiKeyId]

  const record = async (
    name: string,
    path: string,
    parameters: object,
    parts: ServedRequest['parts'] = { kind: 'none' },
  ): Promise<ServedRequest> => {
    const body = JSON.stringify(parameters)
    const { value, steps } = await recordStatements(async () => {
      const response = await app.fetch(
        new Request(`http://127.0.0.1/api${path}`, {
          method: 'POST',
          headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
          body,
        }),
      )
      if (!response.ok) throw new Error(`${path} was answered with ${response.status}: ${await response.text()}`)
      return response.json()
    })
    return { name, path, body, steps, answer: value, constant, parts }
  }
  // The first request reads the key, which the server then knows.
  await record('', '/user_identities/list', { limit: 1 })
  const mark = newMark()
  const [pair, ...others] = await addUnlinkedPairs(workspaceId, acsSystemId, mostPairs)
  if (!pair) throw new Error('There is nobody to attach.')
  const attach = { user_identity_id: pair.userIdentityId, acs_user_id: pair.acsUserId }
  return {
    apiKey: secret,
    requests: [
      await record('user_identities/list', '/user_identities/list', { limit: 50 }),
      await record('user_identities/get', '/user_identities/get', { user_identity_id: identityIds[0] }),
      await record('user_identities/create', '/user_identities/create', newPerson(mark), { kind: 'mark', mark }),
      await record('user_identities/add_acs_user', '/user_identities/add_acs_user', attach, {
        ...{ kind: 'pair', pair, others },
      }),
    ],
  }
}

/** Gives, each time, what to put in place of a recorded request's parts to have another of the kind. */
export function otherParts({ parts }: ServedRequest): () => [string, string][] {
  if (parts.kind === 'none') return () => []
  if (parts.kind === 'mark') return () => [[parts.mark, newMark()]]
  let next = 0
  return () => {
    const other = parts.others[next++]
    if (!other) throw new Error('There are no more ACS users to attach.')
    return [
      [parts.pair.userIdentityId, other.userIdentityId],
      [parts.pair.acsUserId, other.acsUserId],
    ]
  }
}
