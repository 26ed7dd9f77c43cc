import { stripVTControlCharacters } from 'node:util'

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */
/** @typedef {{ title: string, outcome: 'ok' | 'failed' | 'skipped', reason?: string, seconds: number, counts: Counts, failures: string[] }} FinishedStep */

/**
 * Counts the tests of a step: those in its report, if it has one, and the step itself when it
 * failed or was skipped without a test that says so.
 *
 * @param {'ok' | 'failed' | 'skipped'} outcome
 * @param {any} [report] Vitest's or Playwright's, as JSON
 * @returns {Counts}
 */
export function countTests(outcome, report) {
  const counts = report?.stats
    ? {
        passed: report.stats.expected + report.stats.flaky,
        failed: report.stats.unexpected,
        skipped: report.stats.skipped,
      }
    : {
        passed: report?.numPassedTests ?? 0,
        failed: report?.numFailedTests ?? 0,
        skipped: (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0),
      }
  if (outcome === 'failed' && counts.failed === 0) counts.failed = 1
  if (outcome === 'skipped') counts.skipped += 1
  return counts
}

const shownLines = 12

/**
 * The tests of a report that failed, each with the beginning of why: said again at the end, where it
 * is read first, and where it is kept if only the end of the output is.
 *
 * @param {any} [report] Vitest's or Playwright's, as JSON
 * @returns {string[]}
 */
export function listFailures(report) {
  const ofVitest = (report?.testResults ?? []).flatMap((/** @type {any} */ file) => {
    const tests = file.assertionResults.filter((/** @type {any} */ test) => test.status === 'failed')
    if (tests.length === 0 && file.status === 'failed') return [failure(file.name, file.message)]
    return tests.map((/** @type {any} */ test) => failure(`${file.name} > ${test.fullName}`, test.failureMessages[0]))
  })
  return [...ofVitest, ...(report?.suites ?? []).flatMap(failuresOfSuite)]
}

/** @param {any} suite Playwright's @returns {string[]} */
function failuresOfSuite(suite) {
  const own = (suite.specs ?? []).filter((/** @type {any} */ spec) => !spec.ok)
  return [
    ...own.map((/** @type {any} */ spec) => {
      const results = spec.tests.flatMap((/** @type {any} */ test) => test.results)
      const message = results.find((/** @type {any} */ result) => result.error)?.error.message
      return failure(`${spec.file}:${spec.line} > ${spec.title}`, message)
    }),
    ...(suite.suites ?? []).flatMap(failuresOfSuite),
  ]
}

/** @param {string} name @param {string} [message] */
function failure(name, message = 'no message') {
  const lines = stripVTControlCharacters(message).split('\n').slice(0, shownLines)
  return [name, ...lines.map((line) => `    ${line}`)].join('\n')
}

/**
 * What failed, the table of steps and, as the last line, the sum of their tests.
 *
 * @param {FinishedStep[]} finished
 */
export function summarize(finished) {
  const width = Math.max(...finished.map((step) => step.title.length))
  const rows = finished.map(({ title, outcome, reason, seconds, counts }) => {
    const tests = counts.passed + counts.failed > 1 ? `, ${counts.passed + counts.failed} tests` : ''
    return `${title.padEnd(width)}  ${outcome.padEnd(7)} ${seconds.toFixed(1).padStart(6)} s${tests}${reason ? ` (${reason})` : ''}`
  })
  const sum = (/** @type {keyof Counts} */ kind) => finished.reduce((total, step) => total + step.counts[kind], 0)
  const skipped = sum('skipped')
  const total = `${sum('passed')} passed, ${sum('failed')} failed${skipped ? `, ${skipped} skipped` : ''}`
  const failures = finished.flatMap((step) => step.failures)
  const failed = failures.length > 0 ? `Failed:\n\n${failures.join('\n\n')}\n\n` : ''
  return `${failed}${rows.join('\n')}\n\n${total}\n`
}
