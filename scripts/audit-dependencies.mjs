import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { root } from './run-command.mjs'

/**
 * What an answer of `npm audit --json` means: high and critical vulnerabilities fail. A registry that did
 * not answer has said nothing about any, and that is told.
 *
 * @param {string} answer
 * @returns {import('./test-steps.mjs').StepResult}
 */
export function judgeAudit(answer) {
  /** @type {any} */
  let report = {}
  try {
    report = JSON.parse(answer)
  } catch {
    // Not even an error in npm's own form.
  }
  if (!report.metadata?.vulnerabilities) {
    const told = report.message ?? report.error?.summary ?? 'it gave no report'
    return {
      outcome: 'skipped',
      reason: `no dependency was checked for known vulnerabilities, as the registry did not answer: ${told.split(' - ')[0]}`,
    }
  }
  const grave = Object.entries(report.vulnerabilities ?? {})
    .filter(([, { severity }]) => severity === 'high' || severity === 'critical')
    .map(([name, { severity }]) => `${name} (${severity})`)
  return grave.length === 0 ? { outcome: 'ok' } : { outcome: 'failed', reason: `vulnerable: ${grave.join(', ')}` }
}

/** Asks the registry about every dependency that is in the lockfile. */
export async function auditDependencies() {
  const npm = spawn('npm', ['audit', '--json'], { cwd: root, stdio: ['ignore', 'pipe', 'ignore'] })
  return judgeAudit(await text(npm.stdout))
}
