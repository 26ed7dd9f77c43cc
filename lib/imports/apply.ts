import { and, asc, gt, isNull, sql } from 'drizzle-orm'
import { databaseConfiguration } from '@/db/configuration'
import { importRows, imports } from '@/db/schema/imports'
import type { JobHandler } from '@/lib/background/jobs/job'
import type { Actor } from '@/lib/platform/actor'
import type { Transaction } from '@/lib/platform/transaction'
import { applyAcsUserRows } from './acs-users/apply'
import type { ImportKind } from './import'
import { applyIdentityRows } from './people/apply'
import { actorOf, areRowsOf, countInto, type Import, importOf, isImport, type Row, writeOutcomes } from './rows'

/** The embedded database has one connection: while a step is under way, every page waits for it. */
const rowsAtOnce = () => (databaseConfiguration().url ? 200 : 40)

/**
 * Does what the check has planned, each row as a change of its own. Whom a row is about is taken as they are now: the
 * database's rules and what changed since the check decide once more, and what they refuse is told with
 * its reason, while the rest goes on.
 */
export const applyHandler: JobHandler = {
  step: async (transaction, job) => {
    const found = await importOf(transaction, job)
    const limit = rowsAtOnce()
    const rows = await transaction
      .select()
      .from(importRows)
      .where(and(areRowsOf(found), isNull(importRows.outcome), gt(importRows.rowNumber, Number(job.cursor ?? 0))))
      .orderBy(asc(importRows.rowNumber))
      .limit(limit)
    const applied = await applyRowsOf[found.kind](transaction, actorOf(job), found, rows)
    await writeOutcomes(transaction, found, applied)
    const isFinished = rows.length < limit
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

/** How the rows of each kind are carried out. */
const applyRowsOf: Record<
  ImportKind,
  (transaction: Transaction, actor: Actor, found: Import, rows: Row[]) => Promise<Row[]>
> = { user_identities: applyIdentityRows, acs_users: applyAcsUserRows }
