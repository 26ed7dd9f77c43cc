/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */
/** @typedef {{ title: string, outcome: 'ok' | 'failed' | 'skipped', reason?: string, seconds: number, counts: Counts }} FinishedStep */

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

/**
 * The table of steps and, as its last line, the sum of their tests.
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
  return `${rows.join('\n')}\n\n${total}\n`
}
