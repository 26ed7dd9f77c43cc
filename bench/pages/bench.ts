/*
 * npm run bench:pages [-- --people 100000 --only server]: how fast pages are, on the server and in a browser;
 * bench/README.md says how to read it. Starts the production build (`npm run build` first) with the demo's data, or
 * with a workspace of so many people, on the database that DATABASE_URL names, else on an embedded one of its own.
 */
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type BrowserContext, chromium, expect, type Page } from '@playwright/test'
import { findBrowser } from '@/scripts/find-browser.mjs'
import { databaseName } from '../bench-database'
import { fillForVisitor } from './fill-for-visitor'
import { type Rating, rate } from './lighthouse'
import { measureNavigation, type Navigation } from './navigation'
import { type ObservedServer, startObservedServer } from './observed-server-process'
import { printNavigation, printRating, printServerTime, printTyping } from './report'
import { routerRequestOf } from './router-request'
import { measureServerTime, type ServerTime } from './server-time'
import { measureTyping, type Typing } from './typing'

const { values: options } = parseArgs({
  options: {
    people: { type: 'string', default: '0' },
    only: { type: 'string', default: 'server,lighthouse,typing,navigation' },
    port: { type: 'string', default: '3198' },
  },
})
const debuggingPort = 9399
const slowness = 4
const resultsFile = 'bench/page-results.json'

type PageResults = {
  measuredAt: string
  machine: { processors: number; processor: string; node: string }
  database: string
  people: number
  serverTimes: ServerTime[]
  ratings: Rating[]
  typing: Typing[]
  navigations: Navigation[]
}

async function signIn(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/sign-in`)
  await page.getByRole('button', { name: 'Explore the demo' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible({ timeout: 60_000 })
}

async function measure(server: ObservedServer, context: BrowserContext): Promise<PageResults> {
  const results: PageResults = {
    measuredAt: new Date().toISOString(),
    machine: { processors: cpus().length, processor: cpus()[0]?.model ?? '', node: process.version },
    database: databaseName(),
    people: Number(options.people),
    ...{ serverTimes: [], ratings: [], typing: [], navigations: [] },
  }
  const page = await context.newPage()
  await signIn(page, server.url)
  const list = `${server.url}/identities`
  await page.goto(list)
  const person = (await page.locator('main table a[data-row-link]').first().getAttribute('href')) ?? ''
  const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
  const parts = options.only.split(',')

  if (parts.includes('server')) {
    const toPerson = await routerRequestOf(page, page.locator('main table a[data-row-link]').first())
    await page.goto(server.url)
    const toList = await routerRequestOf(page, page.getByRole('link', { name: 'Identities', exact: true }).first())
    await page.goto('about:blank')
    for (const asked of [
      { name: 'The list', path: '/identities' },
      { name: 'The list, from another page', ...toList },
      { name: 'A person', path: person },
      { name: 'A person, from another page', ...toPerson },
    ]) {
      const serverTime = await measureServerTime(server, cookie, asked)
      results.serverTimes.push(serverTime)
      printServerTime(serverTime)
    }
  }
  if (parts.includes('lighthouse')) {
    for (const device of ['desktop', 'mobile'] as const) {
      for (const [name, url] of [
        ['The list', list],
        ['A person', `${server.url}${person}`],
      ] as const) {
        const rating = await rate(name, url, device, debuggingPort)
        results.ratings.push(rating)
        printRating(rating)
      }
    }
  }
  if (parts.includes('typing')) {
    const typing = await measureTyping(page, list, slowness)
    results.typing.push(typing)
    printTyping(typing)
  }
  if (parts.includes('navigation')) {
    for (const way of ['mouse', 'keyboard'] as const) {
      for (const rate of [1, slowness]) {
        const navigation = await measureNavigation(page, list, way, rate)
        results.navigations.push(navigation)
        printNavigation(navigation)
      }
    }
  }
  return results
}

const folder = await mkdtemp(join(tmpdir(), 'keyholder-bench-'))
const environment = { AUTH_SECRET: randomBytes(32).toString('hex'), DEMO: '1', DATA_DIR: folder, ACCOUNT_LIMITS: '0' }
try {
  Object.assign(process.env, environment)
  if (Number(options.people) > 0) await fillForVisitor(Number(options.people))
  const server = await startObservedServer(Number(options.port), environment)
  // Lighthouse opens its pages beside ours, in the browser's own context, where the session is.
  const context = await chromium.launchPersistentContext(join(folder, 'browser'), {
    executablePath: findBrowser(),
    args: ['--no-sandbox', `--remote-debugging-port=${debuggingPort}`],
  })
  try {
    const results = await measure(server, context)
    await writeFile(resultsFile, `${JSON.stringify(results, null, 1)}\n`)
    console.log(`\nAll of it is in ${resultsFile}.`)
  } finally {
    await context.close()
    await server.stop()
  }
} finally {
  await rm(folder, { recursive: true, force: true })
}
