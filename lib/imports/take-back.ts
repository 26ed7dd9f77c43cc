import { and, desc, inArray, isNotNull, lt, sql } from 'drizzle-orm'
import { importRows, imports, type RowProblem } from '@/db/schema/imports'
import { lostInWords } from '@/lib/access/credentials/credential'
import type { JobHandler } from '@/lib/background/jobs/job'
import { undoChange } from '@/lib/people/undo/commands'
import { catchRefusal } from '@/lib/platform/refusals'
import { mostRows, rowsWithOutcome } from './import'
import { actorOf, areRowsOf, countInto, importOf, isImport, type Row, writeOutcomes } from './rows'

const rowsAtOnce = 25

/** What is taken back one after the other: what was written gives up the values that whoever was removed had. */
const outcomesOf = { written: ['created', 'updated'], removed: ['removed'] } as const

/** How far an import is taken back: which rows are its turn, and before which of them it goes on. */
type Cursor = { phase: keyof typeof outcomesOf; before: number }

const afterAll = mostRows * 2

/** A job that was queued before removals were taken back has a number here: it begins again, which does nothing twice. */
const readCursor = (cursor: unknown): Cursor =>
  typeof cursor === 'object' && cursor !== null ? (cursor as Cursor) : { phase: 'written', before: afterAll }

/**
 * Undoes an import, the last row first, and removals after the rest: each row's change by itself, as its Undo in
 * the history would. Where something later contradicts, the row is kept and says why, and the rest goes on.
 */
export const takeBackHandler: JobHandler = {
  step: async (transaction, job) => {
    const found = await importOf(transaction, job)
    const { phase, before } = readCursor(job.cursor)
    const rows = await transaction
      .select()
      .from(importRows)
      .where(
        and(
          areRowsOf(found),
          inArray(importRows.outcome, outcomesOf[phase]),
          isNotNull(importRows.changeId),
          lt(importRows.rowNumber, before),
        ),
      )
      .orderBy(desc(importRows.rowNumber))
      .limit(rowsAtOnce)
    const after: Row[] = []
    for (const row of rows) {
      // Whoever may undo an import may undo all that it does.
      let lostCredentials = 0
      const refusal = await catchRefusal(async () => {
        ;({ lostCredentials } = await undoChange(actorOf(job), row.changeId ?? '', () => true))
      })
      const noted = (message: string): RowProblem[] => [...(row.problems ?? []), { field: null, message }]
      if (refusal) after.push({ ...row, outcome: 'kept', problems: noted(refusal.message) })
      else if (lostCredentials > 0)
        after.push({ ...row, outcome: 'undone', problems: noted(lostInWords(lostCredentials)) })
      else after.push({ ...row, outcome: 'undone' })
    }
    await writeOutcomes(transaction, found, after)
    const taken = countInto(
      found.outcomes,
      rows.map(({ outcome }) => outcome),
      -1,
    )
    const isPhaseOver = rows.length < rowsAtOnce
    const isFinished = isPhaseOver && phase === 'removed'
    await transaction
      .update(imports)
      .set({
        outcomes: countInto(
          taken,
          after.map(({ outcome }) => outcome),
        ),
        ...(isFinished && { state: 'undone' as const, finishedAt: sql`now()` }),
      })
      .where(isImport(found.workspaceId, found.importId))
    const cursor: Cursor = isPhaseOver
      ? { phase: 'removed', before: afterAll }
      : { phase, before: rows.at(-1)?.rowNumber ?? before }
    return { cursor, done: job.done + rows.length, isFinished }
  },
  whenGivenUp: async (transaction, job) => {
    const { outcomes, rowCount } = await importOf(transaction, job)
    await transaction
      .update(imports)
      .set({ state: rowsWithOutcome(outcomes) < rowCount ? 'canceled' : 'applied' })
      .where(isImport(job.workspaceId, job.subjectId))
  },
}
