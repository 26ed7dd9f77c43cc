import { and, desc, eq } from 'drizzle-orm'
import { database } from '@/db/client'
import { type jobStates, jobs } from '@/db/schema/jobs'

/** How far a job is. */
export type JobProgress = { state: (typeof jobStates)[number]; done: number; total: number }

/** The newest job that is or was done to a subject; null when there is none. */
export async function getLatestJob(workspaceId: string, subjectId: string): Promise<JobProgress | null> {
  const connection = await database()
  const [job] = await connection
    .select({ state: jobs.state, done: jobs.done, total: jobs.total })
    .from(jobs)
    .where(and(eq(jobs.workspaceId, workspaceId), eq(jobs.subjectId, subjectId)))
    .orderBy(desc(jobs.jobId))
    .limit(1)
  return job ?? null
}
