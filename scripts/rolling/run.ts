/*
 * The version before the newest migrations and this one, side by side on one PostgreSQL.
 *   npm run test:rolling
 *   npm run test:rolling -- --from <revision>
 */
import { parseArgs } from 'node:util'
import { buildWhenNeeded } from '../build-application.mjs'
import { runScenarios } from '../faults/report'
import { checkRolling } from './check-rolling'
import { findPreviousRevision, preparePreviousVersion } from './previous-version'

try {
  const { values } = parseArgs({ options: { from: { type: 'string' } } })
  const revision = values.from ?? findPreviousRevision()
  console.log(`Preparing ${revision}, the version to roll from …`)
  const previous = preparePreviousVersion(revision)
  await buildWhenNeeded()
  const outcomes = await runScenarios([{ name: 'rolling', database: 'postgres', run: () => checkRolling(previous) }], {
    writes: 0,
    kills: 0,
  })
  process.exitCode = outcomes.some(({ problems }) => problems.length > 0) ? 1 : 0
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
