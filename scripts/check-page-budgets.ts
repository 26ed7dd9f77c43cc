/*
 * What every page costs, on the production build (`npm run build` first): the JavaScript of its first
 * load, and the statements that it sends; and the statements of every request for data. Fails where one is
 * above its budget, and where a page or a route has none.
 */
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { chromium } from '@playwright/test'
import { type ObservedServer, observedMark, startObservedServer } from '../bench/pages/observed-server-process'
import { findOrInstallBrowser } from './find-browser.mjs'
import { dataBudgets, pageBudgets } from './page-budgets/page-budgets'
import { routesOfBuild } from './page-budgets/routes-of-build'
import { nameThings, prepareDemo } from './page-budgets/things-of-demo'

/** Thousands of bytes, gzipped: what no page may fetch, whatever its own budget. */
const mostOfAnyPage = 200
/** The first request reads what the server then knows. */
const requestsBefore = 1
/** What is asked for by POST alone. */
const notRead = ['/data/imports', '/data/identities/dependents']
const widest = 44

const faults: string[] = []

function checkRoutes(): void {
  const { pages, data } = routesOfBuild(JSON.parse(readFileSync('.next/app-path-routes-manifest.json', 'utf8')))
  const compare = (routes: string[], budgets: object) => {
    for (const route of routes) if (!(route in budgets)) faults.push(`${route} has no budget in page-budgets.ts.`)
    for (const route of Object.keys(budgets))
      if (!routes.includes(route)) faults.push(`${route} is not there any more.`)
  }
  compare(pages, pageBudgets)
  compare(
    data.filter((route) => !notRead.includes(route)),
    dataBudgets,
  )
}

/** How many statements an address takes, once the server is warm. */
async function countStatements(server: ObservedServer, address: string, cookie: string): Promise<number> {
  const requestId = `${observedMark}${randomBytes(8).toString('hex')}`
  for (let request = 0; request < requestsBefore; request++) await server.ask(address, { cookie })
  const { status } = await server.ask(address, { cookie, 'x-request-id': requestId })
  if (status >= 400) throw new Error(`${address} was answered with ${status}.`)
  return (await server.statementsOf(requestId)).flat().length
}

/**
 * Thousands of bytes of JavaScript, gzipped, that a page has a modern browser load: the scripts of its document, and
 * those of the components that it names to be shown.
 */
async function weighJavaScript(url: string, cookie: string): Promise<number> {
  const html = await (await fetch(url, { headers: { cookie } })).text()
  const forOldBrowsers = new Set([...html.matchAll(/<script[^>]*noModule[^>]*>/gi)].flatMap(([tag]) => scriptsIn(tag)))
  const scripts = scriptsIn(html).filter((script) => !forOldBrowsers.has(script))
  if (scripts.length === 0) throw new Error('The page has no JavaScript: it is not the one that was meant.')
  const sizes = scripts.map((script) => gzipSync(readFileSync(join('.next', 'static', script))).length)
  return sizes.reduce((sum, size) => sum + size, 0) / 1000
}

const scriptsIn = (text: string) => [
  ...new Set([...text.matchAll(/static\/(chunks\/[\w./~-]+\.js)/g)].map(([, script]) => script ?? '')),
]

function checkStatements(route: string, counted: number, budget: number): void {
  if (counted !== budget) faults.push(`${route} sends ${counted} statements; in page-budgets.ts stands ${budget}.`)
}

/** Goes on with the next route where one fails. */
async function orFault(route: string, check: () => Promise<void>): Promise<void> {
  await check().catch((error) => faults.push(`${route}: ${error instanceof Error ? error.message : String(error)}`))
}

async function checkAll(server: ObservedServer, things: Awaited<ReturnType<typeof prepareDemo>>): Promise<void> {
  const executablePath = await findOrInstallBrowser()
  if (!executablePath) throw new Error('No Chromium was found and none could be installed; set CHROMIUM_PATH to one.')
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
  try {
    const visitor = await browser.newContext()
    const entrance = await visitor.newPage()
    await entrance.goto(`${server.url}/sign-in`)
    await entrance.getByRole('button', { name: 'Explore the demo' }).click()
    await entrance.getByRole('heading', { level: 1, name: 'Overview' }).waitFor({ timeout: 120_000 })
    await entrance.close()
    const session = (await visitor.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
    for (const [route, budget] of Object.entries(pageBudgets)) {
      await orFault(route, async () => {
        const path = nameThings(budget.address, things)
        const counted = await countStatements(server, path, budget.signedOut ? '' : session)
        const weight = await weighJavaScript(`${server.url}${path}`, budget.signedOut ? '' : session)
        console.log(`${route.padEnd(widest)} ${weight.toFixed(1).padStart(6)} kB of JavaScript, ${counted} statements`)
        checkStatements(route, counted, budget.statements)
        const most = Math.min(budget.kilobytes, mostOfAnyPage)
        if (weight > most)
          faults.push(`${route} fetches ${weight.toFixed(1)} kB of JavaScript; its budget is ${most} kB.`)
      })
    }
    for (const [route, { address, statements }] of Object.entries(dataBudgets)) {
      await orFault(route, async () => {
        const counted = await countStatements(server, nameThings(address, things), session)
        console.log(`${route.padEnd(widest)} ${counted} statements`)
        checkStatements(route, counted, statements)
      })
    }
  } finally {
    await browser.close()
  }
}

async function findFreePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (typeof address !== 'object' || !address) throw new Error('No free port was found.')
  return address.port
}

const folder = mkdtempSync(join(tmpdir(), 'keyholder-budgets-'))
const environment = {
  ...{ DEMO: '1', DATABASE_URL: '', DATA_DIR: folder, AUTH_SECRET: randomBytes(32).toString('hex') },
  LOG_LEVEL: 'warn',
}
try {
  Object.assign(process.env, environment)
  checkRoutes()
  const things = await prepareDemo()
  const server = await startObservedServer(await findFreePort(), environment)
  await checkAll(server, things).finally(() => server.stop())
} catch (error) {
  faults.push(error instanceof Error ? error.message : String(error))
} finally {
  rmSync(folder, { recursive: true, force: true })
}
for (const fault of faults) console.error(fault)
if (faults.length > 0) process.exitCode = 1
