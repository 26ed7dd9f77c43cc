import { v7 as uuidv7 } from 'uuid'
import type { RowProblem } from '@/db/schema/imports'
import { type LockedIdentity, lockUserIdentities } from '@/lib/access/links/link'
import { createMany, type Edit, type NewPerson, updateMany } from '@/lib/people/identities/change-identities'
import { characteristicsOf, differences } from '@/lib/people/identities/change-identity'
import { nobody } from '@/lib/people/identities/identity'
import { removeUserIdentity } from '@/lib/people/identities/removal'
import type { Actor } from '@/lib/platform/actor'
import type { Transaction } from '@/lib/platform/transaction'
import { type Import, isCarriedOut, type Row, refusedRow, restingOutcome } from '../rows'
import { isStillMeant } from './plan'

/** Carries out rows about people, each as a change of its own. */
export async function applyIdentityRows(
  transaction: Transaction,
  actor: Actor,
  found: Import,
  rows: Row[],
): Promise<Row[]> {
  const held = await lockUserIdentities(
    transaction,
    found.workspaceId,
    rows.filter((row) => isCarriedOut(row, found)).flatMap(({ userIdentityId }) => userIdentityId ?? []),
  )
  const people = new Map(held.map((identity) => [identity.userIdentityId, identity]))

  const created: NewPerson[] = []
  const edits: Edit[] = []
  const removals: { identity: LockedIdentity; changeId: string }[] = []
  const applied = rows.map((row): Row => {
    const changeId = uuidv7()
    const given = row.characteristics ?? {}
    if (row.plan === 'create') {
      const userIdentityId = uuidv7()
      created.push({ userIdentityId, characteristics: { ...nobody, ...given }, changeId })
      return { ...row, userIdentityId, outcome: 'created', changeId }
    }
    if (!isCarriedOut(row, found)) return { ...row, outcome: restingOutcome(row) }
    const identity = people.get(row.userIdentityId ?? '')
    if (!identity || !isStillMeant(characteristicsOf(identity), given)) return refusedRow(row, changedSince)
    if (row.plan === 'remove') {
      removals.push({ identity, changeId })
      return { ...row, outcome: 'removed', changeId }
    }
    const before = characteristicsOf(identity)
    const after = { ...before, ...given }
    if (Object.keys(differences(before, after)).length === 0) return { ...row, outcome: 'unchanged' }
    edits.push({ identity, after, changeId })
    return { ...row, outcome: 'updated', changeId }
  })

  // What is removed and changed makes room for what is created.
  for (const { identity, changeId } of removals) {
    await removeUserIdentity(transaction, { ...actor, changeId }, identity)
  }
  const refusals = new Map([
    ...(await updateMany(transaction, actor, edits)),
    ...(await createMany(transaction, actor, created)),
  ])
  return applied.map((row) => {
    const refusal = row.userIdentityId ? refusals.get(row.userIdentityId) : undefined
    if (!refusal) return row
    const [field = null] = Object.keys(refusal.fields ?? {})
    return refusedRow(row, { field, message: refusal.message })
  })
}

const changedSince: RowProblem = {
  field: null,
  message: 'This person was deleted, or given other identifiers, after the file was checked. Import the row again.',
}
