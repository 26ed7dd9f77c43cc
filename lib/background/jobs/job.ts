import type { jobs } from '@/db/schema/jobs'
import type { Transaction } from '@/lib/platform/transaction'

/** A job as it stands before a step is taken. */
export type Job = typeof jobs.$inferSelect

/** Where a job stands after a step. */
type JobStep = {
  /** Where the next step begins; whatever JSON can hold. */
  cursor: unknown
  /** How much of the total is done. */
  done: number
  isFinished: boolean
}

/** How a kind of job is done. */
export type JobHandler = {
  /**
   * Does a part of it, small enough that others who need the database are not kept waiting. All that it
   * writes commits together with where the job then stands, so no part is ever done twice.
   */
  step: (transaction: Transaction, job: Job) => Promise<JobStep>
  /** What is to be noted when its step has failed again and again. */
  whenGivenUp: (transaction: Transaction, job: Job) => Promise<void>
}

/** The handler of each kind. */
export type JobHandlers = Record<string, JobHandler>
