import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { auditDependencies } from './audit-dependencies.mjs'
import { buildApplication, buildWhenNeeded } from './build-application.mjs'
import { findOrInstallBrowser } from './find-browser.mjs'
import { installSystemPackages } from './install-system-packages.mjs'
import { root, runCommand, runNpm } from './run-command.mjs'
import { findPostgresServer, freePort } from './temporary-postgres.mjs'

/**
 * How a step ended. A reason is given where the step's own output does not say it.
 *
 * @typedef {{ outcome: 'ok' | 'failed' | 'skipped', reason?: string, interrupted?: boolean }} StepResult
 */

/**
 * One step of npm test. `run` is given a file that its tests may write their report to. `cores` is how many
 * processors it keeps busy, and `after` names the steps whose results it needs.
 *
 * @typedef {object} Step
 * @property {string} name
 * @property {string} title
 * @property {number} cores
 * @property {string[]} [after]
 * @property {(reportFile: string) => Promise<StepResult>} run
 */

/** @param {string} script @param {string[]} [more] arguments @param {Record<string, string>} [variables] @returns {Promise<StepResult>} */
async function npmScript(script, more = [], variables = {}) {
  // Tests never touch a database or a demo of the person who runs them.
  const environment = { ...process.env, DATABASE_URL: '', DATABASE_OWNER_URL: '', DATA_DIR: '', DEMO: '', ...variables }
  const { exitCode, interrupted } = await runNpm(['run', '--silent', script, ...(more.length ? ['--', ...more] : [])], {
    environment,
  })
  return { outcome: exitCode === 0 ? 'ok' : 'failed', interrupted }
}

/** @param {string} reportFile */
const vitestReport = (reportFile) => ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`]

const budgetCheck = join(root, 'scripts', 'check-page-budgets.ts')

/** Tests of the places where a workspace is entered or left: API requests, jobs, deliveries, invitations. */
const testsOfTwoRoles = [
  'lib/platform/encryption',
  'lib/http-api/doors',
  'lib/http-api/idempotency',
  'lib/background/jobs',
  'lib/accounts/members',
  'lib/http-api/webhooks/dispatcher',
  'lib/accounts/workspaces',
]

// Vitest keeps all processors busy.
const all = availableParallelism()
/** @type {Step} */
const typecheck = { name: 'typecheck', title: 'Type check', cores: 1, run: () => npmScript('typecheck') }
/** @type {Step} */
const lint = { name: 'lint', title: 'Lint and format', cores: 1, run: () => npmScript('lint') }

/** @type {Step[]} */
export const steps = [
  typecheck,
  lint,
  { name: 'arrows', title: 'Import directions', cores: 1, run: () => npmScript('arrows') },
  { name: 'knip', title: 'Unused code', cores: 1, run: () => npmScript('knip') },
  { name: 'audit', title: 'Known vulnerabilities', cores: 0, run: auditDependencies },
  { name: 'deploy', title: 'Deployment files', cores: 1, run: () => npmScript('check:deploy') },
  {
    name: 'unit',
    title: 'Unit tests',
    cores: all,
    run: (reportFile) => npmScript('test:unit', vitestReport(reportFile)),
  },
  {
    name: 'integration',
    title: 'Integration tests, embedded database',
    cores: all,
    run: (reportFile) => npmScript('test:integration', vitestReport(reportFile)),
  },
  {
    name: 'postgres',
    title: 'Integration tests, PostgreSQL',
    cores: all,
    run: async (reportFile) => {
      const isThere = () => findPostgresServer() !== undefined
      if (!isThere()) await installSystemPackages('postgresql')
      if (isThere()) return npmScript('test:postgres', vitestReport(reportFile))
      return { outcome: 'skipped', reason: 'no PostgreSQL server on this machine, and none could be installed' }
    },
  },
  {
    name: 'roles',
    title: 'Integration tests, PostgreSQL with two roles',
    cores: all,
    run: async (reportFile) => {
      if (!findPostgresServer()) return { outcome: 'skipped', reason: 'no PostgreSQL server on this machine' }
      return npmScript('test:postgres', [...vitestReport(reportFile), ...testsOfTwoRoles], { TEST_SERVING_ROLE: '1' })
    },
  },
  {
    name: 'build',
    title: 'Production build',
    cores: 1,
    // Both write the types of the routes.
    after: ['typecheck'],
    run: async () => {
      const { exitCode, interrupted, warnings } = await buildApplication()
      if (exitCode !== 0) return { outcome: 'failed', interrupted }
      if (warnings.length === 0) return { outcome: 'ok' }
      return { outcome: 'failed', reason: `the build warns: ${warnings.join(' ').trim()}` }
    },
  },
  {
    name: 'budget',
    title: 'What each page costs',
    cores: 1,
    after: ['build'],
    run: async () => {
      await buildWhenNeeded()
      const { exitCode, interrupted } = await runCommand(process.execPath, ['--import', 'tsx', budgetCheck])
      return { outcome: exitCode === 0 ? 'ok' : 'failed', interrupted }
    },
  },
  {
    name: 'e2e',
    title: 'End-to-end tests',
    cores: 2,
    after: ['build'],
    run: async (reportFile) => {
      const browser = await findOrInstallBrowser()
      if (!browser) {
        const reason = 'no Chromium was found and none could be installed; set CHROMIUM_PATH to one'
        return { outcome: 'failed', reason }
      }
      await buildWhenNeeded()
      const port = process.env.E2E_PORT || String(await freePort())
      return npmScript('test:e2e', [], { CHROMIUM_PATH: browser, E2E_PORT: port, E2E_REPORT_FILE: reportFile })
    },
  },
]

/**
 * The steps of `npm test -- --changed`: only what the changes since the last commit concern.
 *
 * @type {Step[]}
 */
export const changedSteps = [
  typecheck,
  lint,
  {
    name: 'changed',
    title: 'Unit and integration tests that the changes concern',
    cores: 1,
    run: (reportFile) => npmScript('test:changed', vitestReport(reportFile)),
  },
]
