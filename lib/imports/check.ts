import { and, asc, gt } from 'drizzle-orm'
import { databaseConfiguration } from '@/db/configuration'
import { insertAll } from '@/db/insert-all'
import { isOneOf } from '@/db/is-one-of'
import { importClaims, importRows, imports } from '@/db/schema/imports'
import type { JobHandler } from '@/lib/background/jobs/job'
import type { Transaction } from '@/lib/platform/transaction'
import { planAcsUserRows } from './acs-users/check'
import type { ImportKind } from './import'
import { planIdentityRows } from './people/check'
import { removeSomeClaims } from './removal'
import {
  areClaimsOf,
  areRowsOf,
  countInto,
  type Import,
  importOf,
  isImport,
  type PlannedRow,
  type Row,
  writePlans,
} from './rows'

/** The embedded database has one connection: while a step is under way, every page waits for it. */
const rowsAtOnce = () => (databaseConfiguration().url ? 400 : 100)

/** The dry run: finds out for each row what is to become of it, and writes nothing else. */
export const checkHandler: JobHandler = {
  step: async (transaction, job) => {
    const found = await importOf(transaction, job)
    // What an earlier check has found is forgotten first.
    if (job.cursor === null && (await removeSomeClaims(transaction, found))) {
      return { cursor: null, done: 0, isFinished: false }
    }
    const limit = rowsAtOnce()
    const rows = await transaction
      .select()
      .from(importRows)
      .where(and(areRowsOf(found), gt(importRows.rowNumber, Number(job.cursor ?? 0))))
      .orderBy(asc(importRows.rowNumber))
      .limit(limit)
    const planned = await refuseRepetitions(transaction, found, await planRowsOf[found.kind](transaction, found, rows))
    await writePlans(transaction, found, planned)
    const isFinished = rows.length < limit
    await transaction
      .update(imports)
      .set({
        plans: countInto(
          found.plans,
          planned.map(({ plan }) => plan),
        ),
        ...(isFinished && { state: 'checked' as const }),
      })
      .where(isImport(found.workspaceId, found.importId))
    return { cursor: rows.at(-1)?.rowNumber ?? job.cursor, done: job.done + rows.length, isFinished }
  },
  whenGivenUp: async (transaction, job) => {
    await transaction.update(imports).set({ state: 'mapping' }).where(isImport(job.workspaceId, job.subjectId))
  },
}

/** How the rows of each kind are planned. */
const planRowsOf: Record<ImportKind, (transaction: Transaction, found: Import, rows: Row[]) => Promise<PlannedRow[]>> =
  { user_identities: planIdentityRows, acs_users: planAcsUserRows }

/** Refuses rows that claim what an earlier row of the file has claimed. */
async function refuseRepetitions(transaction: Transaction, found: Import, rows: PlannedRow[]): Promise<Row[]> {
  const { workspaceId, importId } = found
  const claimsOf = ({ plan, claims }: PlannedRow) => (plan === 'refused' ? [] : claims)
  const all = [...new Set(rows.flatMap(claimsOf).map(({ claim }) => claim))]
  if (all.length === 0) return rows
  const earlier = await transaction
    .select({ claim: importClaims.claim, rowNumber: importClaims.rowNumber })
    .from(importClaims)
    .where(and(areClaimsOf(found), isOneOf(importClaims.claim, all)))
  const holders = new Map(earlier.map(({ claim, rowNumber }) => [claim, rowNumber]))
  const made: (typeof importClaims.$inferInsert)[] = []
  const checked = rows.map((row): Row => {
    const claims = claimsOf(row)
    const taken = claims.find(({ claim }) => holders.has(claim))
    if (taken) {
      const message = `Row ${holders.get(taken.claim)} ${taken.words}. Keep one of the two.`
      return { ...row, plan: 'refused', problems: [...(row.problems ?? []), { field: taken.field, message }] }
    }
    for (const { claim } of claims) {
      holders.set(claim, row.rowNumber)
      made.push({ workspaceId, importId, claim, rowNumber: row.rowNumber })
    }
    return row
  })
  if (made.length > 0) await insertAll(transaction, importClaims, made)
  return checked
}
