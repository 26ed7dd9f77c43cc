import { randomBytes } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import { attachAcsUser, createUserIdentity } from '@/lib/people/identities/commands'
import type { Actor } from '@/lib/platform/actor'
import { type Driver, recordStatements, replay, type Step } from './statements'
import { addUnlinkedPairs, type Pair } from './unlinked-pairs'
import type { WorkspaceSamples } from './workspace-samples'

/** Something that is written: by the application, and as its recorded statements about something new. */
export type Write = { name: string; application: () => Promise<unknown>; floor: () => Promise<unknown>; steps: Step[] }

const mostPairs = 4000
const uuidPattern = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g

/** All that the bench writes, as pages and the API do. */
export async function writesOf({ workspaceId, acsSystemIds }: WorkspaceSamples, driver: Driver): Promise<Write[]> {
  const actor: Actor = { workspaceId, kind: 'system', id: null, name: 'Bench' }
  const [acsSystemId = ''] = acsSystemIds
  const create = (mark: string) => () => createUserIdentity(actor, newPerson(mark))
  const firstMark = newMark()
  const created = await recordStatements(create(firstMark))

  const pairs = await addUnlinkedPairs(workspaceId, acsSystemId, mostPairs)
  const next = (): Pair => {
    const pair = pairs.pop()
    if (!pair) throw new Error('There are no more ACS users to attach.')
    return pair
  }
  const firstPair = next()
  const attached = await recordStatements(() => attachAcsUser(actor, firstPair))
  const constant = [workspaceId, acsSystemId]
  return [
    {
      name: 'create a user identity',
      steps: created.steps,
      application: () => create(newMark())(),
      floor: () => replay(driver, created.steps, renewal(created.steps, constant, [[firstMark, newMark()]])),
    },
    {
      name: 'attach an ACS user',
      steps: attached.steps,
      application: () => attachAcsUser(actor, next()),
      floor: () => {
        const pair = next()
        const others: [string, string][] = [
          [firstPair.userIdentityId, pair.userIdentityId],
          [firstPair.acsUserId, pair.acsUserId],
        ]
        return replay(driver, attached.steps, renewal(attached.steps, constant, others))
      },
    },
  ]
}

/** Somebody who is not there yet, told apart by their mark. */
export function newPerson(mark: string) {
  return {
    user_identity_key: `bench-${mark}`,
    email_address: `bench-${mark}@example.com`,
    full_name: `Bench ${mark}`,
  }
}

/** What whoever the bench has added is called, by `newPerson` or in a pair; nobody else is. */
export const addedName = '^Bench (Pair|[0-9a-f]{16})$'

/** A text that occurs nowhere else. */
export function newMark(): string {
  return randomBytes(8).toString('hex')
}

/**
 * What to put in place of what recorded statements say, for them to write something new: the given texts,
 * and a new id for every other that they hold and that is not constant.
 */
export function renewal(steps: Step[], constant: string[], given: [string, string][]): Map<string, string> {
  const replacements = new Map(given)
  for (const { statements } of steps) {
    for (const { values } of statements) {
      for (const value of values) {
        for (const [id] of typeof value === 'string' ? value.matchAll(uuidPattern) : []) {
          if (!constant.includes(id) && !replacements.has(id)) replacements.set(id, uuidv7())
        }
      }
    }
  }
  return replacements
}
