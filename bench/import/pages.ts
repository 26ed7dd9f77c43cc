/*
 * npm run bench:import-pages -- [rows]: how long the list of people takes to come while an import is
 * carried out, beside how long it takes before. Starts the production build (`npm run build` first) with
 * the demo's data on the database that DATABASE_URL names, which must be empty, else on an embedded one.
 */
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type BrowserContext, chromium, expect, type Page } from '@playwright/test'
import { findBrowser } from '@/scripts/find-browser.mjs'

const rowCount = Number(process.argv[2] ?? 20_000)
const fewestAsked = 100
const address = 'http://127.0.0.1:3199'

const folder = await mkdtemp(join(tmpdir(), 'keyholder-bench-'))
const server = spawn(process.execPath, ['--import', 'tsx', 'server.ts'], {
  env: {
    ...process.env,
    AUTH_SECRET: randomBytes(32).toString('hex'),
    ...{ NODE_ENV: 'production', DEMO: '1', DATA_DIR: folder, HOSTNAME: '127.0.0.1', PORT: '3199', BASE_URL: address },
  },
  stdio: ['ignore', 'ignore', 'inherit'],
})
const browser = await chromium.launch({
  executablePath: findBrowser(),
  args: ['--no-sandbox'],
})

/** Signs in, once the server answers. */
async function signIn(page: Page): Promise<void> {
  for (let tries = 0; ; tries++) {
    const answered = await fetch(`${address}/sign-in`).then(
      (response) => response.ok,
      () => false,
    )
    if (answered) break
    if (tries > 120) throw new Error('The server does not answer')
    await sleep(1000)
  }
  await page.goto(`${address}/sign-in`)
  await page.getByRole('button', { name: 'Explore the demo' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible({ timeout: 60_000 })
}

/** Asks for the list of people, one time after the other, as long as `goesOn` says. */
async function askForList(context: BrowserContext, goesOn: (asked: number) => Promise<boolean>): Promise<number[]> {
  const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
  const taken: number[] = []
  while (await goesOn(taken.length)) {
    const before = performance.now()
    const response = await fetch(`${address}/identities`, { headers: { cookie } })
    await response.text()
    if (!response.ok) throw new Error(`The list was answered with ${response.status}`)
    taken.push(performance.now() - before)
    await sleep(50)
  }
  return taken.sort((one, other) => one - other)
}

const at = (sorted: number[], share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? 0

/** Has a file be checked, and gives its page with the import ready to begin. */
async function prepareImport(page: Page): Promise<void> {
  const lines = Array.from({ length: rowCount }, (_, n) => `B${n},Person ${n} Of Bench,bench${n}@example.com`)
  const buffer = Buffer.from(`Key,Name,Email\n${lines.join('\n')}\n`)
  await page.goto(`${address}/import`, { waitUntil: 'networkidle' })
  await page.getByLabel('CSV file').setInputFiles({ name: 'bench.csv', mimeType: 'text/csv', buffer })
  await page.getByRole('button', { name: 'Check the rows' }).click({ timeout: 120_000 })
  await expect(page.getByRole('button', { name: 'Import', exact: true })).toBeEnabled({ timeout: 600_000 })
}

try {
  const context = await browser.newContext()
  const page = await context.newPage()
  await signIn(page)
  await askForList(context, async (asked) => asked < fewestAsked)
  const alone = await askForList(context, async (asked) => asked < fewestAsked)
  await prepareImport(page)
  await page.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(page.getByRole('progressbar', { name: 'Importing' })).toBeVisible({ timeout: 60_000 })
  const beside = await askForList(context, () => page.getByRole('progressbar', { name: 'Importing' }).isVisible())
  const database = process.env.DATABASE_URL ? 'PostgreSQL' : 'the embedded database'
  console.log(`${rowCount.toLocaleString('en')} rows, on ${database}; the list of people, milliseconds`)
  for (const [name, taken] of Object.entries({ 'by itself': alone, 'during the import': beside })) {
    const [p50, p95] = [at(taken, 0.5).toFixed(0), at(taken, 0.95).toFixed(0)]
    console.log(`${name.padEnd(20)} p50 ${p50.padStart(5)}   p95 ${p95.padStart(5)}   of ${taken.length}`)
  }
  console.log(`p95 was ${(at(beside, 0.95) / at(alone, 0.95)).toFixed(2)} times as long.`)
} finally {
  await browser.close()
  server.kill('SIGTERM')
  if (server.exitCode === null) await once(server, 'exit')
  await rm(folder, { recursive: true, force: true })
}
