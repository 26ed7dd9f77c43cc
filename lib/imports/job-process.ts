/*
 * A process that does the jobs of importing and ends when there are none left; for the test that kills
 * it. It tells of every step once that is written and not yet committed.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { closeDatabase } from '@/db/client'
import type { JobHandler } from '@/lib/background/jobs/job'
import { takeStep } from '@/lib/background/jobs/runner'
import { importJobHandlers } from './job-handlers'

const telling = ({ step, whenGivenUp }: JobHandler): JobHandler => ({
  step: async (transaction, job) => {
    const result = await step(transaction, job)
    process.stdout.write(`${job.kind}\n`)
    await sleep(10)
    return result
  },
  whenGivenUp,
})

const handlers = Object.fromEntries(
  Object.entries(importJobHandlers).map(([kind, handler]) => [kind, telling(handler)]),
)
while (await takeStep(handlers));
await closeDatabase()
