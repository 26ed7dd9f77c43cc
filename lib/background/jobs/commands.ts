import { and, eq, inArray, sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { jobs } from '@/db/schema/jobs'
import type { Actor } from '@/lib/platform/actor'
import { databaseError } from '@/lib/platform/database-error'
import { Refusal } from '@/lib/platform/refusals'
import type { Transaction } from '@/lib/platform/transaction'

/**
 * Orders a job; it begins once the caller's transaction has committed.
 *
 * @param job `subjectId`: what it is done to, to which one job is done at a time.
 * @throws Refusal `job_under_way`
 */
export async function queueJob(
  transaction: Transaction,
  actor: Actor,
  job: { kind: string; subjectId: string; total: number; done?: number },
): Promise<void> {
  try {
    await transaction.transaction((savepoint) =>
      savepoint.insert(jobs).values({
        ...job,
        workspaceId: actor.workspaceId,
        jobId: uuidv7(),
        actorId: actor.id,
        actorName: actor.name,
      }),
    )
  } catch (error) {
    if (databaseError(error)?.constraint !== 'jobs_one_at_a_time') throw error
    throw new Refusal({
      kind: 'conflict',
      type: 'job_under_way',
      message: 'Something else is being done to this already. Wait until it is finished.',
    })
  }
}

/**
 * Ends the job that is done to a subject before it is finished: after the step that is under way, which
 * is waited for. What was done stays.
 *
 * @returns whether there was one to end.
 */
export async function cancelJob(transaction: Transaction, workspaceId: string, subjectId: string): Promise<boolean> {
  const canceled = await transaction
    .update(jobs)
    .set({ state: 'canceled', finishedAt: sql`now()` })
    .where(
      and(eq(jobs.workspaceId, workspaceId), eq(jobs.subjectId, subjectId), inArray(jobs.state, ['queued', 'running'])),
    )
    .returning({ jobId: jobs.jobId })
  return canceled.length > 0
}
