// npm test: everything, or with `npm test -- --only unit,e2e` the steps named. Its last line counts the tests.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { checkNodeVersion } from './check-node-version.mjs'
import { installDependencies } from './install-dependencies.mjs'
import { steps } from './test-steps.mjs'
import { countTests, listFailures, summarize } from './test-summary.mjs'

// The test tools need more than the application, which runs from 20.9.
checkNodeVersion('20.19', "Keyholder's test suite")
const reports = mkdtempSync(join(tmpdir(), 'keyholder-test-'))
try {
  const selected = selectSteps()
  await installDependencies()
  await runSteps(selected)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
} finally {
  rmSync(reports, { recursive: true, force: true })
}

function selectSteps() {
  const { only } = parseArgs({ options: { only: { type: 'string' } } }).values
  if (only === undefined) return steps
  const names = only.split(',')
  const unknown = names.filter((name) => !steps.some((step) => step.name === name))
  if (unknown.length === 0) return steps.filter((step) => names.includes(step.name))
  const known = steps.map((step) => step.name).join(', ')
  throw new Error(`There is no test step ${unknown.join(', ')}. There are: ${known}.`)
}

/** @param {typeof steps} selected */
async function runSteps(selected) {
  /** @type {import('./test-summary.mjs').FinishedStep[]} */
  const finished = []
  for (const { name, title, run } of selected) {
    console.log(`\n=== ${title} (${name})`)
    const started = performance.now()
    const reportFile = join(reports, `${name}.json`)
    const { outcome, reason, interrupted } = await run(reportFile).catch((error) => ({
      outcome: /** @type {const} */ ('failed'),
      reason: error instanceof Error ? error.message : String(error),
      interrupted: false,
    }))
    if (reason) console.log(`${outcome}: ${reason}`)
    const report = existsSync(reportFile) ? JSON.parse(readFileSync(reportFile, 'utf8')) : undefined
    const seconds = (performance.now() - started) / 1000
    finished.push({
      ...{ title, outcome, reason, seconds },
      counts: countTests(outcome, report),
      failures: listFailures(report),
    })
    if (interrupted) {
      console.log('Interrupted.')
      process.exitCode = 130
      return
    }
  }
  process.stdout.write(`\n=== Summary\n${summarize(finished)}`)
  process.exitCode = finished.some((step) => step.outcome === 'failed') ? 1 : 0
}
