import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineConfig, type ReporterDescription } from '@playwright/test'
import { findBrowser } from './scripts/find-browser.mjs'

const port = process.env.E2E_PORT || '3107'
const baseURL = `http://127.0.0.1:${port}`
const reportFile = process.env.E2E_REPORT_FILE

// Workers read this file too, and inherit what the first process chose.
if (!process.env.E2E_FOLDER) {
  const folder = mkdtempSync(join(tmpdir(), 'keyholder-e2e-'))
  process.env.E2E_FOLDER = folder
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
}

const resetting = '*-resets-demo.spec.ts'
const wholeContract = 'api/whole-contract.spec.ts'

/** End-to-end tests drive the production build (`npm run build` first) with the demo on. */
export default defineConfig({
  testDir: 'e2e',
  workers: 2,
  retries: 0,
  fullyParallel: true,
  // Generous, for machines that do other things too; a test that passes does not wait.
  timeout: 120_000,
  expect: { timeout: 30_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list'], ...(reportFile ? ([['json', { outputFile: reportFile }]] satisfies ReporterDescription[]) : [])],
  use: {
    browserName: 'chromium',
    baseURL,
    locale: 'en-US',
    timezoneId: 'America/New_York',
    // Traces would slow every test; a failed one leaves what the page showed.
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: findBrowser(),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    // One worker, and so one server and one run of the database: these tests need no more. Projects run in phases;
    // the dependency has these begin together with the journeys, which keep the other worker busy.
    {
      name: 'api-calls',
      testMatch: 'api/*.spec.ts',
      testIgnore: wholeContract,
      workers: 1,
      fullyParallel: false,
      dependencies: ['sign-in'],
    },
    // What all of them have called, they must have called together.
    { name: 'api', testMatch: wholeContract, dependencies: ['api-calls'] },
    { name: 'sign-in', testMatch: '*.setup.ts' },
    {
      name: 'journeys',
      testMatch: '*.spec.ts',
      testIgnore: [resetting, 'api/*'],
      dependencies: ['sign-in'],
      use: { storageState: join(process.env.E2E_FOLDER, 'demo-session.json') },
    },
    // What it takes away would be missed by the others.
    {
      name: 'reset',
      testMatch: resetting,
      dependencies: ['journeys'],
      use: { storageState: join(process.env.E2E_FOLDER, 'demo-session.json') },
    },
  ],
  webServer: {
    // The second workspace is one whose people no test changes, and whose ids mean nothing in the demo.
    command: [
      'node --import tsx scripts/seed.ts',
      'node --import tsx scripts/seed.ts --identities 130 --workspace other',
      'node --import tsx scripts/seed.ts --busy-person --workspace busy',
      'cp -R "$DATA_DIR" "$SEEDED_DATA"',
      'exec node --import tsx server.ts',
    ].join(' && '),
    url: `${baseURL}/sign-in`,
    reuseExistingServer: false,
    timeout: 120_000,
    stdout: 'pipe',
    gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 },
    env: {
      NODE_ENV: 'production',
      DEMO: '1',
      LOG_LEVEL: 'warn',
      WEBHOOKS_ALLOW_PRIVATE: '1',
      DATABASE_URL: '',
      DATABASE_OWNER_URL: '',
      DATA_DIR: join(process.env.E2E_FOLDER, 'data'),
      SEEDED_DATA: join(process.env.E2E_FOLDER, 'seeded-data'),
      HOSTNAME: '127.0.0.1',
      PORT: port,
    },
  },
})
