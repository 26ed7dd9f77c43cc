/* Jobs, on a real database: steps that commit with where the job stands, failures, ends and turns. */
import { setTimeout as sleep } from 'node:timers/promises'
import { eq, sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { beforeEach, expect, test, vi } from 'vitest'
import { database } from '@/db/client'
import { jobs } from '@/db/schema/jobs'
import { workspaces } from '@/db/schema/workspaces'
import type { Actor } from '@/lib/platform/actor'
import { inTransaction } from '@/lib/platform/transaction'
import { addWorkspace, refusalOf } from '@/lib/testing/test-data'
import { cancelJob, queueJob } from './commands'
import type { JobHandler, JobHandlers } from './job'
import { getLatestJob } from './queries'
import { startJobRunner, takeStep } from './runner'

let admin: Actor
let kind: string
beforeEach(async () => {
  admin = await addWorkspace()
  kind = uuidv7()
})

async function queue(total = 3, subjectId = uuidv7(), actor = admin) {
  await inTransaction((transaction) => queueJob(transaction, actor, { kind, subjectId, total }))
  return subjectId
}

const counting: JobHandler['step'] = async (_transaction, { done, total }) => ({
  ...{ cursor: `after ${done + 1}`, done: done + 1, isFinished: done + 1 === total },
})
const handlers = (handler: Partial<JobHandler> = {}): JobHandlers => ({
  [kind]: { step: counting, whenGivenUp: async () => undefined, ...handler },
})
const standing = (subjectId: string) => getLatestJob(admin.workspaceId, subjectId)

/** Has what waits for a later try be due now. */
async function makeDue() {
  const connection = await database()
  await connection.update(jobs).set({ dueAt: sql`now()` }).where(eq(jobs.workspaceId, admin.workspaceId))
}

test('a job is done step by step, each beginning where the last one ended', async () => {
  const subject = await queue()
  const cursors: unknown[] = []
  const step: JobHandler['step'] = (transaction, job) => {
    cursors.push(job.cursor)
    return counting(transaction, job)
  }
  expect(await standing(subject)).toEqual({ state: 'queued', done: 0, total: 3 })
  expect(await takeStep(handlers({ step }))).toBe(true)
  expect(await standing(subject)).toEqual({ state: 'running', done: 1, total: 3 })
  while (await takeStep(handlers({ step })));
  expect(await standing(subject)).toEqual({ state: 'done', done: 3, total: 3 })
  expect(cursors).toEqual([null, 'after 1', 'after 2'])
})

test('a step that fails leaves nothing behind, and is tried again later; after the last try the job is given up', async () => {
  const subject = await queue()
  const connection = await database()
  const whenGivenUp = vi.fn(async () => undefined)
  const failing = handlers({
    step: async (transaction) => {
      await transaction.insert(workspaces).values({ workspaceId: uuidv7(), slug: kind, name: 'Half done' })
      throw new Error('It breaks.')
    },
    whenGivenUp,
  })
  for (let attempt = 1; attempt <= 5; attempt++) {
    expect(await takeStep(failing)).toBe(true)
    // It is not due before some time has passed.
    expect(await takeStep(failing)).toBe(false)
    expect(whenGivenUp).toHaveBeenCalledTimes(attempt === 5 ? 1 : 0)
    await makeDue()
  }
  expect(await standing(subject)).toEqual({ state: 'failed', done: 0, total: 3 })
  expect(await connection.$count(workspaces, eq(workspaces.slug, kind))).toBe(0)
})

test('a job that failed once goes on as if it had not', async () => {
  const subject = await queue()
  await takeStep(handlers({ step: async () => Promise.reject(new Error('It breaks.')) }))
  await makeDue()
  while (await takeStep(handlers()));
  expect(await standing(subject)).toEqual({ state: 'done', done: 3, total: 3 })
})

test('of several who work at once, each step is one’s alone', async () => {
  const subject = await queue(20)
  const taken: number[] = []
  const step: JobHandler['step'] = async (transaction, job) => {
    taken.push(job.done)
    await sleep(1)
    return counting(transaction, job)
  }
  const worker = async () => {
    for (let tries = 0; tries < 200; tries++) {
      if (!(await takeStep(handlers({ step }))) && (await standing(subject))?.state === 'done') return
    }
  }
  await Promise.all([worker(), worker(), worker()])
  expect(taken).toEqual(Array.from({ length: 20 }, (_, index) => index))
})

test('jobs take turns', async () => {
  const [first, second] = [await queue(), await queue()]
  const turns: string[] = []
  const step: JobHandler['step'] = (transaction, job) => {
    turns.push(job.subjectId)
    return counting(transaction, job)
  }
  while (await takeStep(handlers({ step })));
  expect(turns).toEqual([first, second, first, second, first, second])
})

test('workspaces take turns, however many jobs each has, and whether their steps succeed or not', async () => {
  const other = await addWorkspace()
  for (let n = 0; n < 30; n++) await queue(1)
  const small = await queue(2, uuidv7(), other)
  const turns: string[] = []
  const step: JobHandler['step'] = (transaction, job) => {
    turns.push(job.workspaceId)
    if (job.workspaceId === admin.workspaceId) throw new Error('It breaks.')
    return counting(transaction, job)
  }
  for (let n = 0; n < 4; n++) await takeStep(handlers({ step }))
  expect(turns).toEqual([admin, other, admin, other].map(({ workspaceId }) => workspaceId))
  expect(await getLatestJob(other.workspaceId, small)).toMatchObject({ state: 'done' })
})

test('to one subject one job is done at a time, whoever orders it', async () => {
  const subject = uuidv7()
  const outcomes = await Promise.allSettled([queue(3, subject), queue(3, subject)])
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(await refusalOf(queue(3, subject))).toMatchObject({ kind: 'conflict', type: 'job_under_way' })
  while (await takeStep(handlers()));
  await queue(3, subject)
})

test('a job that is canceled takes no further step', async () => {
  const subject = await queue()
  await takeStep(handlers())
  const cancel = () => inTransaction((transaction) => cancelJob(transaction, admin.workspaceId, subject))
  expect(await cancel()).toBe(true)
  expect(await takeStep(handlers())).toBe(false)
  expect(await standing(subject)).toEqual({ state: 'canceled', done: 1, total: 3 })
  expect(await cancel()).toBe(false)
})

test('jobs of other kinds are left to who knows them', async () => {
  await queue()
  expect(await takeStep({ [uuidv7()]: { step: counting, whenGivenUp: async () => undefined } })).toBe(false)
})

test('who stops the loop waits for the step that is under way, and the next start goes on after it', async () => {
  const subject = await queue(3)
  let begun = () => {}
  const hasBegun = new Promise<void>((resolve) => {
    begun = resolve
  })
  const step: JobHandler['step'] = async (transaction, job) => {
    begun()
    await sleep(300)
    return counting(transaction, job)
  }
  const runner = startJobRunner(handlers({ step }))
  await hasBegun
  await runner.stop()
  expect(await standing(subject)).toMatchObject({ state: 'running', done: 1 })
})

test('the loop does what is due, once started, and ends after the step that is under way', async () => {
  const subject = await queue(2)
  const runner = startJobRunner(handlers())
  expect(startJobRunner(handlers())).toEqual(runner)
  await vi.waitFor(async () => expect(await standing(subject)).toMatchObject({ state: 'done' }), 60_000)
  await runner.stop()
  const later = await queue(2)
  await sleep(700)
  expect(await standing(later)).toMatchObject({ state: 'queued' })
})
