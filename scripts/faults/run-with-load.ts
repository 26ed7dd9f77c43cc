import { type Application, startApplication } from '../processes/application'
import type { Target } from '../processes/target'
import type { Load } from './load'
import { concludeLoad, type Outcome, startLoad, unexpectedAnswers } from './scenario'

type Course = {
  fault: string
  prefix: string
  /** Answers that the fault may cause, besides acknowledgements. */
  allowed: string[]
  variables?: Record<string, string>
  workers?: number
  /** Causes the fault, sees it through and gives what was noted. */
  during: (load: Load, application: Application) => Promise<{ notes?: string[]; problems?: string[] }>
}

/** Causes a fault while one application writes that goes on through it, never restarted, and counts afterwards. */
export async function runWithLoad(target: Target, course: Course): Promise<Outcome> {
  const application = await startApplication({ ...target.variables, ...course.variables })
  try {
    const { prefix, workers } = course
    const load = await startLoad(target, () => application, { prefix, workers })
    let seen: Awaited<ReturnType<Course['during']>>
    try {
      seen = await course.during(load, application)
    } catch (error) {
      await load.stop(1).catch(() => undefined)
      throw new Error(`${(error as Error).message}\n${application.output().slice(-2000)}`)
    }
    // What was written after the fault shows that all is well again.
    await load.reach(load.ledger.acknowledged + 100)
    const ledger = await load.stop()
    const problems = application.isRunning() ? [] : ['the application ended']
    const exitCode = await application.stop()
    if (exitCode !== 0) problems.push(`the application's exit code was ${exitCode}`)
    const concluded = await concludeLoad(target, ledger, prefix)
    return {
      ...{ fault: course.fault, database: target.kind, acknowledged: concluded.acknowledged, found: concluded.found },
      notes: [
        ...(seen.notes ?? []),
        `longest wait for another answer: ${(ledger.longestMilliseconds / 1000).toFixed(1)} s`,
        ...concluded.notes,
      ],
      problems: [
        ...problems,
        ...(seen.problems ?? []),
        ...concluded.problems,
        ...unexpectedAnswers(ledger, course.allowed),
      ],
    }
  } finally {
    await application.kill()
  }
}
