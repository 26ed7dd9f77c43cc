import { randomBytes } from 'node:crypto'
import { concludeLoad, type Outcome, startLoad, unexpectedAnswers } from '../faults/scenario'
import { type Application, startApplication } from '../processes/application'
import { startPostgresServer } from '../processes/postgres-server'
import { fillPostgresDatabase, type Target } from '../processes/target'
import { drivePages, drivePeople, signIn } from './drive-version'
import type { PreviousVersion } from './previous-version'

const writesBefore = 200
const prefix = 'rolling'

/**
 * Rolls from one version to the next on one PostgreSQL: the old one writes all the time, the new one migrates
 * and joins it, both do everything to each other's people, and the old one is started again, as by a roll back.
 */
export async function checkRolling(previous: PreviousVersion): Promise<Outcome> {
  const server = await startPostgresServer()
  const running: Application[] = []
  try {
    const target = await fillPostgresDatabase(server.url, previous.folder)
    const variables = { ...target.variables, AUTH_SECRET: randomBytes(24).toString('hex'), DEMO: '1' }
    const start = async (folder?: string) => {
      const application = await startApplication(variables, [], folder)
      running.push(application)
      return application
    }
    let old = await start(previous.folder)
    const before = await countMigrations(target)
    const ofOld = await signIn(old.url)
    const load = await startLoad(target, () => old, { prefix, workers: 4 })
    await load.reach(writesBefore)

    const next = await start()
    const after = await countMigrations(target)
    const written = load.ledger.acknowledged
    await load.reach(written + writesBefore)
    const both = async (round: string) => {
      await drivePeople(old.url, next.url, target.apiKey, `${round}-old`)
      await drivePeople(next.url, old.url, target.apiKey, `${round}-new`)
      for (const session of [ofOld, await signIn(old.url), await signIn(next.url)]) {
        for (const { url } of [old, next]) await drivePages(url, session)
      }
    }
    await both('side-by-side')
    const ledger = await load.stop()
    const exitCode = await old.stop()
    // As after a roll back: the old version starts on the new schema.
    old = await start(previous.folder)
    await both('rolled-back')

    const errors = running.flatMap(({ output }) =>
      output()
        .split('\n')
        .filter((line) => /"level":"?(error|50)/.test(line)),
    )
    const concluded = await concludeLoad(target, ledger, prefix)
    return {
      ...{ fault: `${previous.revision} beside this version`, database: 'postgres' },
      ...{ acknowledged: concluded.acknowledged, found: concluded.found },
      notes: [`migrations: ${before}, then ${after}; ${written} writes when they were done`, ...concluded.notes],
      problems: [
        ...(after > before ? [] : ['nothing was migrated']),
        ...(exitCode === 0 ? [] : [`the old version's exit code was ${exitCode}`]),
        ...errors,
        ...concluded.problems,
        ...unexpectedAnswers(ledger, []),
      ],
    }
  } finally {
    await Promise.all(running.map((application) => application.kill()))
    await server.remove()
  }
}

async function countMigrations(target: Target): Promise<number> {
  const [row] = await target.inspect((query) =>
    query<{ count: number }>('select count(*)::int as count from drizzle.__drizzle_migrations'),
  )
  return row?.count ?? 0
}
