import { type Application, startApplication } from '../processes/application'
import { createEmbeddedTarget, createPostgresTarget, type Target } from '../processes/target'
import { type Amount, broken, concludeLoad, type Outcome, startLoad, unexpectedAnswers } from './scenario'

/** Kills the application (SIGKILL) again and again in the middle of writes, and starts it again each time. */
export async function killApplication(database: Target['kind'], { writes, kills }: Amount): Promise<Outcome> {
  const target = await (database === 'embedded' ? createEmbeddedTarget() : createPostgresTarget())
  const prefix = `kill-${database}`
  let application: Application | undefined
  const current = () => {
    if (!application) throw new Error('No application runs.')
    return application
  }
  try {
    application = await startApplication(target.variables)
    const variables = { ...target.variables, PORT: new URL(application.url).port }
    const load = await startLoad(target, current, { prefix })
    const startSeconds: number[] = []
    for (let kill = 1; kill <= kills; kill++) {
      await load.reach(Math.round((writes * kill) / (kills + 1)))
      await application.kill()
      const before = performance.now()
      application = await startApplication(variables)
      startSeconds.push((performance.now() - before) / 1000)
    }
    await load.reach(writes)
    const ledger = await load.stop()
    await application.stop()
    const { notes, problems, ...counts } = await concludeLoad(target, ledger, prefix)
    return {
      fault: `${kills} × SIGKILL`,
      database,
      ...counts,
      notes: [`ready again after ${Math.max(...startSeconds).toFixed(1)} s at most`, ...notes],
      problems: [...problems, ...unexpectedAnswers(ledger, [broken])],
    }
  } finally {
    await application?.kill()
    await target.remove()
  }
}
