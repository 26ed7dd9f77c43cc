import { and, asc, between, eq, lt, sql } from 'drizzle-orm'
import { importClaims, importRows, imports } from '@/db/schema/imports'
import { queueJob } from '@/lib/background/jobs/commands'
import type { JobHandler } from '@/lib/background/jobs/job'
import type { Actor } from '@/lib/platform/actor'
import { catchRefusal } from '@/lib/platform/refusals'
import type { Transaction } from '@/lib/platform/transaction'
import { areClaimsOf, areRowsOf, isImport } from './rows'

const rowsAtOnce = 500

type Which = { workspaceId: string; importId: string }

/**
 * Orders an import's removal. Nobody sees it any more, and a job takes its rows away some at a time: all at once
 * would hold up everybody else.
 */
export async function orderRemoval(transaction: Transaction, actor: Actor, importId: string): Promise<void> {
  await transaction.update(imports).set({ state: 'reading' }).where(isImport(actor.workspaceId, importId))
  await queueJob(transaction, actor, { kind: 'import.remove', subjectId: importId, total: 1 })
}

/** Orders the removal of files that were being received when a server was killed. */
export async function orderRemovalOfLeftovers(transaction: Transaction, actor: Actor): Promise<void> {
  const leftovers = await transaction
    .select({ importId: imports.importId })
    .from(imports)
    .where(
      and(
        eq(imports.workspaceId, actor.workspaceId),
        eq(imports.state, 'reading'),
        lt(imports.createdAt, sql`now() - interval '1 hour'`),
      ),
    )
  // What is being removed already is left to its job.
  for (const { importId } of leftovers) await catchRefusal(() => orderRemoval(transaction, actor, importId))
}

export const removalHandler: JobHandler = {
  step: async (transaction, job) => {
    const which = { workspaceId: job.workspaceId, importId: job.subjectId }
    if ((await removeSomeClaims(transaction, which)) || (await removeSomeRows(transaction, which))) {
      return { cursor: null, done: 0, isFinished: false }
    }
    await transaction.delete(imports).where(isImport(which.workspaceId, which.importId))
    return { cursor: null, done: job.total, isFinished: true }
  },
  whenGivenUp: async () => undefined,
}

/** Forgets some of what an import's rows have claimed. @returns whether there was anything to forget. */
export async function removeSomeClaims(transaction: Transaction, which: Which): Promise<boolean> {
  const { claim } = importClaims
  const some = await transaction
    .select({ claim })
    .from(importClaims)
    .where(areClaimsOf(which))
    .orderBy(asc(claim))
    .limit(rowsAtOnce)
  const [first, last] = [some[0], some.at(-1)]
  if (!first || !last) return false
  await transaction.delete(importClaims).where(and(areClaimsOf(which), between(claim, first.claim, last.claim)))
  return true
}

async function removeSomeRows(transaction: Transaction, which: Which): Promise<boolean> {
  const { rowNumber } = importRows
  const some = await transaction
    .select({ rowNumber })
    .from(importRows)
    .where(areRowsOf(which))
    .orderBy(asc(rowNumber))
    .limit(rowsAtOnce)
  const [first, last] = [some[0], some.at(-1)]
  if (!first || !last) return false
  await transaction.delete(importRows).where(and(areRowsOf(which), between(rowNumber, first.rowNumber, last.rowNumber)))
  return true
}
