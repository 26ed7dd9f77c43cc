/*
 * Two instances on one PostgreSQL behind PgBouncer, with a streaming replica: what they do together is done
 * once, and nothing acknowledged is lost when they are killed.
 *   npm run test:scale
 */
import { buildWhenNeeded } from '../build-application.mjs'
import { runScenarios } from '../faults/report'
import { checkInstances } from './check-instances'
import { checkPooler } from './check-pooler'
import { checkReplica } from './check-replica'
import { checkRevocation } from './check-revocation'
import { startCluster } from './cluster'

try {
  await buildWhenNeeded()
  const cluster = await startCluster()
  try {
    const checks = {
      instances: checkInstances,
      revocation: checkRevocation,
      pooler: checkPooler,
      replica: checkReplica,
    }
    const outcomes = await runScenarios(
      Object.entries(checks).map(([name, check]) => ({ name, database: 'postgres', run: () => check(cluster) })),
      { writes: 0, kills: 0 },
    )
    process.exitCode = outcomes.some(({ problems }) => problems.length > 0) ? 1 : 0
  } finally {
    await cluster.remove()
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
