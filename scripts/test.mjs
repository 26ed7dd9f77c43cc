// npm test: everything, or with `npm test -- --only unit,e2e` the steps named, or with `--changed` only what the
// changes since the last commit concern. Its last line counts the tests.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { checkNodeVersion } from './check-node-version.mjs'
import { installDependencies } from './install-dependencies.mjs'
import { runSteps } from './run-steps.mjs'
import { createOutputQueue, say } from './step-output.mjs'
import { changedSteps, steps } from './test-steps.mjs'
import { countTests, listFailures, summarize } from './test-summary.mjs'

// The test tools need more than the application, which runs from 20.9.
checkNodeVersion('20.19', "Keyholder's test suite")
const reports = mkdtempSync(join(tmpdir(), 'keyholder-test-'))
try {
  const selected = selectSteps()
  await installDependencies()
  await runAll(selected)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
} finally {
  rmSync(reports, { recursive: true, force: true })
}

function selectSteps() {
  const { only, changed } = parseArgs({ options: { only: { type: 'string' }, changed: { type: 'boolean' } } }).values
  if (changed) return changedSteps
  if (only === undefined) return steps
  const names = only.split(',')
  const unknown = names.filter((name) => !steps.some((step) => step.name === name))
  if (unknown.length === 0) return steps.filter((step) => names.includes(step.name))
  const known = steps.map((step) => step.name).join(', ')
  throw new Error(`There is no test step ${unknown.join(', ')}. There are: ${known}.`)
}

/** @param {import('./test-steps.mjs').Step[]} selected */
async function runAll(selected) {
  const output = createOutputQueue((text) => process.stdout.write(text))
  const run = (/** @type {import('./test-steps.mjs').Step} */ step) => output.run(() => runStep(step))
  const finished = await runSteps(selected, availableParallelism(), run, (step) => step.interrupted)
  if (finished.some((step) => step.interrupted)) {
    console.log('Interrupted.')
    process.exitCode = 130
    return
  }
  process.stdout.write(`\n=== Summary\n${summarize(finished)}`)
  process.exitCode = finished.some((step) => step.outcome === 'failed') ? 1 : 0
}

/** @param {import('./test-steps.mjs').Step} step */
async function runStep({ name, title, run }) {
  say(`\n=== ${title} (${name})`)
  const started = performance.now()
  const reportFile = join(reports, `${name}.json`)
  const { outcome, reason, interrupted } = await run(reportFile).catch((error) => ({
    outcome: /** @type {const} */ ('failed'),
    reason: error instanceof Error ? error.message : String(error),
    interrupted: false,
  }))
  if (reason) say(`${outcome}: ${reason}`)
  const report = existsSync(reportFile) ? JSON.parse(readFileSync(reportFile, 'utf8')) : undefined
  const seconds = (performance.now() - started) / 1000
  const counts = countTests(outcome, report)
  return { title, outcome, reason, interrupted: interrupted === true, seconds, counts, failures: listFailures(report) }
}
