import { and, asc, gt, isNull, sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { importRows, imports, type RowProblem } from '@/db/schema/imports'
import type { Actor } from '../events/actor'
import { nobody } from '../identities/identity'
import { type LockedIdentity, lockUserIdentities } from '../identities/link'
import { removeUserIdentity } from '../identities/removal'
import { characteristicsOf, differences } from '../identities/write'
import { createMany, type Edit, type NewPerson, updateMany } from '../identities/write-many'
import type { JobHandler } from '../jobs/job'
import type { Transaction } from '../transaction'
import { isStillMeant } from './plan'
import { actorOf, areRowsOf, countInto, type Import, importOf, isImport, type Row, writeRows } from './rows'

const rowsAtOnce = 200

/**
 * Does what the check has planned, each row as a change of its own. People are taken as they are now: the
 * database's rules and what changed since the check decide once more, and what they refuse is told with
 * its reason, while the rest goes on.
 */
export const applyHandler: JobHandler = {
  step: async (transaction, job) => {
    const found = await importOf(transaction, job)
    const rows = await transaction
      .select()
      .from(importRows)
      .where(and(areRowsOf(found), isNull(importRows.outcome), gt(importRows.rowNumber, Number(job.cursor ?? 0))))
      .orderBy(asc(importRows.rowNumber))
      .limit(rowsAtOnce)
    const applied = await applyRows(transaction, actorOf(job), found, rows)
    await writeRows(transaction, found, applied)
    const isFinished = rows.length < rowsAtOnce
    await transaction
      .update(imports)
      .set({
        outcomes: countInto(
          found.outcomes,
          applied.map(({ outcome }) => outcome),
        ),
        ...(isFinished && { state: 'applied' as const, finishedAt: sql`now()` }),
      })
      .where(isImport(found.workspaceId, found.importId))
    return { cursor: rows.at(-1)?.rowNumber ?? job.cursor, done: job.done + rows.length, isFinished }
  },
  // What was done stays; the rest can be taken up again.
  whenGivenUp: async (transaction, job) => {
    await transaction
      .update(imports)
      .set({ state: 'canceled', finishedAt: sql`now()` })
      .where(isImport(job.workspaceId, job.subjectId))
  },
}

async function applyRows(transaction: Transaction, actor: Actor, found: Import, rows: Row[]): Promise<Row[]> {
  const isAbout = (row: Row) =>
    row.plan === 'update' ||
    (row.plan === 'conflict' && found.conflictChoice === 'update') ||
    (row.plan === 'remove' && found.appliesRemovals)
  const held = await lockUserIdentities(
    transaction,
    found.workspaceId,
    rows.filter(isAbout).flatMap(({ userIdentityId }) => userIdentityId ?? []),
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
    if (!isAbout(row)) return { ...row, outcome: restingOutcome(row) }
    const identity = people.get(row.userIdentityId ?? '')
    if (!identity || !isStillMeant(characteristicsOf(identity), given)) return refused(row, changedSince)
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
    return refused(row, { field, message: refusal.message })
  })
}

const changedSince: RowProblem = {
  field: null,
  message: 'This person was deleted, or given other identifiers, after the file was checked. Import the row again.',
}

/** A row that is not carried out after all; of somebody who was to be created, nothing remains. */
function refused(row: Row, problem: RowProblem): Row {
  const userIdentityId = row.plan === 'create' ? null : row.userIdentityId
  return { ...row, userIdentityId, outcome: 'refused', changeId: null, problems: [...(row.problems ?? []), problem] }
}

/** What becomes of a row that nothing is done for. */
function restingOutcome({ plan }: Row): Row['outcome'] {
  if (plan === 'unchanged') return 'unchanged'
  return plan === 'refused' ? 'refused' : 'skipped'
}
