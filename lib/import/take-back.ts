import { and, desc, inArray, isNotNull, lt, sql } from 'drizzle-orm'
import { importRows, imports } from '@/db/schema/imports'
import { catchRefusal } from '../errors'
import type { JobHandler } from '../jobs/job'
import { undoChange } from '../undo/commands'
import { mostRows, rowsWithOutcome } from './import'
import { actorOf, areRowsOf, countInto, importOf, isImport, type Row, writeRows } from './rows'

const rowsAtOnce = 25

/**
 * Undoes an import, the last row first: each row's change by itself, as its Undo in the history would.
 * Where something later contradicts, the row is kept and says why, and the rest goes on.
 */
export const takeBackHandler: JobHandler = {
  step: async (transaction, job) => {
    const found = await importOf(transaction, job)
    const rows = await transaction
      .select()
      .from(importRows)
      .where(
        and(
          areRowsOf(found),
          inArray(importRows.outcome, ['created', 'updated']),
          isNotNull(importRows.changeId),
          lt(importRows.rowNumber, Number(job.cursor ?? mostRows * 2)),
        ),
      )
      .orderBy(desc(importRows.rowNumber))
      .limit(rowsAtOnce)
    const after: Row[] = []
    for (const row of rows) {
      // Whoever may undo an import may undo all that it does.
      const refusal = await catchRefusal(() => undoChange(actorOf(job), row.changeId ?? '', () => true))
      after.push(
        refusal
          ? { ...row, outcome: 'kept', problems: [...(row.problems ?? []), { field: null, message: refusal.message }] }
          : { ...row, outcome: 'undone' },
      )
    }
    await writeRows(transaction, found, after)
    const before = countInto(
      found.outcomes,
      rows.map(({ outcome }) => outcome),
      -1,
    )
    const isFinished = rows.length < rowsAtOnce
    await transaction
      .update(imports)
      .set({
        outcomes: countInto(
          before,
          after.map(({ outcome }) => outcome),
        ),
        ...(isFinished && { state: 'undone' as const, finishedAt: sql`now()` }),
      })
      .where(isImport(found.workspaceId, found.importId))
    return { cursor: rows.at(-1)?.rowNumber ?? job.cursor, done: job.done + rows.length, isFinished }
  },
  whenGivenUp: async (transaction, job) => {
    const { outcomes, rowCount } = await importOf(transaction, job)
    await transaction
      .update(imports)
      .set({ state: rowsWithOutcome(outcomes) < rowCount ? 'canceled' : 'applied' })
      .where(isImport(job.workspaceId, job.subjectId))
  },
}
