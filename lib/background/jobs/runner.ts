import { setTimeout as sleep } from 'node:timers/promises'
import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { databaseConfiguration } from '@/db/configuration'
import { jobs } from '@/db/schema/jobs'
import { acrossWorkspaces, inWorkspace } from '@/db/scope'
import { logger } from '@/lib/platform/logger'
import { inTransaction, type Transaction } from '@/lib/platform/transaction'
import type { Job, JobHandlers } from './job'
import { workspacesInTurn } from './turns'

const idleMilliseconds = 500
const afterErrorMilliseconds = 5000

/** How often a step is tried before the job is given up, and how long after each failure, in seconds. */
const retrySeconds = [1, 5, 30, 120]

/**
 * Takes the next step of a job. Workspaces take turns, however many jobs each has, and so do the jobs of one. The job's row is held meanwhile, so two
 * processes never take a step of the same job; the hold of one that is killed ends with its connection,
 * and nothing of its step remains.
 *
 * @returns whether there was anything to do.
 */
export function takeStep(handlers: JobHandlers): Promise<boolean> {
  return acrossWorkspaces(() => takeNextStep(handlers))
}

async function takeNextStep(handlers: JobHandlers): Promise<boolean> {
  let taken: Job | undefined
  try {
    return await inTransaction(async (transaction) => {
      const job = await takeJob(transaction, Object.keys(handlers))
      taken = job
      const handler = job && handlers[job.kind]
      if (!handler) return false
      const { cursor, done, isFinished } = await inWorkspace(job.workspaceId, () => handler.step(transaction, job))
      await transaction
        .update(jobs)
        .set({
          cursor,
          done,
          failures: 0,
          state: isFinished ? 'done' : 'running',
          // Jobs take turns, a step each.
          dueAt: sql`now()`,
          ...ended,
          finishedAt: isFinished ? sql`now()` : null,
        })
        .where(isJob(job))
      return true
    })
  } catch (error) {
    if (!taken) throw error
    logger().error({ error, job_id: taken.jobId, kind: taken.kind }, 'A step of a job failed')
    await recordFailure(taken, handlers)
    return true
  }
}

const ended = { steppedAt: sql`clock_timestamp()` }

/** Locks the job whose turn it is. */
async function takeJob(transaction: Transaction, kinds: string[]): Promise<Job | undefined> {
  for (const workspaceId of await workspacesInTurn(transaction, kinds)) {
    const [job] = await transaction
      .select()
      .from(jobs)
      .where(
        and(
          eq(jobs.workspaceId, workspaceId),
          inArray(jobs.state, ['queued', 'running']),
          inArray(jobs.kind, kinds),
          sql`${jobs.dueAt} <= now()`,
        ),
      )
      .orderBy(asc(jobs.dueAt))
      .limit(1)
      .for('update', { skipLocked: true })
    if (job) return job
  }
  return undefined
}

const isJob = ({ workspaceId, jobId }: Job) => and(eq(jobs.workspaceId, workspaceId), eq(jobs.jobId, jobId))

/** Has a step that failed tried again later, or gives the job up. */
async function recordFailure(failed: Job, handlers: JobHandlers): Promise<void> {
  await inTransaction(async (transaction) => {
    const [job] = await transaction.select().from(jobs).where(isJob(failed)).for('update')
    // Meanwhile it may have been canceled, or another process may have been luckier.
    if (!job || job.finishedAt || job.failures !== failed.failures || job.done !== failed.done) return
    const wait = retrySeconds[job.failures]
    if (wait !== undefined) {
      await transaction
        .update(jobs)
        .set({ ...ended, failures: job.failures + 1, dueAt: sql`now() + make_interval(secs => ${wait})` })
        .where(isJob(job))
      return
    }
    await transaction
      .update(jobs)
      .set({ ...ended, state: 'failed', finishedAt: sql`now()` })
      .where(isJob(job))
    await inWorkspace(job.workspaceId, async () => handlers[job.kind]?.whenGivenUp(transaction, job))
  })
}

// Next's bundle and the server entry each load their own copy of this module; the loop is one.
const holder = globalThis as unknown as { [key: symbol]: { stop: () => Promise<void> } | undefined }
const key = Symbol.for('keyholder.job-runner')

/**
 * Does jobs from now on, one step after another, until it is stopped. There is one such loop in a
 * process; several processes on one database share the work.
 *
 * @returns `stop`: waits for the step that is under way; the rest is for the next start.
 */
export function startJobRunner(handlers: JobHandlers): { stop: () => Promise<void> } {
  const running = holder[key]
  if (running) return running
  const stopping = new AbortController()
  const loop = run(handlers, stopping.signal)
  const stop = async () => {
    stopping.abort()
    await loop
    holder[key] = undefined
  }
  holder[key] = { stop }
  return { stop }
}

/**
 * How long a pause follows a step, as a multiple of it: the pages need the database and the processor too.
 * The embedded database is the very process that makes the pages.
 */
const rest = () => (databaseConfiguration().url ? 1 : 3)

async function run(handlers: JobHandlers, stopping: AbortSignal): Promise<void> {
  while (!stopping.aborted) {
    let wait = idleMilliseconds
    try {
      const before = performance.now()
      if (await takeStep(handlers)) wait = Math.min((performance.now() - before) * rest(), idleMilliseconds)
    } catch (error) {
      logger().error({ error }, 'Looking for jobs went wrong and is tried again')
      wait = afterErrorMilliseconds
    }
    await sleep(wait, undefined, { signal: stopping }).catch(() => undefined)
  }
}
