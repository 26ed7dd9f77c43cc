/*
 * npm run bench:pages: what Lighthouse says of the list and of a person's page, on a desktop and on a phone,
 * and how soon the page shows what is typed into the search, on a processor four times as slow. Starts the
 * production build (`npm run build` first) with the demo's data on an embedded database of its own.
 */
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { chromium, expect, type Page } from '@playwright/test'
import lighthouse, { desktopConfig } from 'lighthouse'

const address = 'http://127.0.0.1:3198'
const debuggingPort = 9399
const categories = ['performance', 'accessibility', 'best-practices'] as const
const leastScore = 95
const slowness = 4
const mostInteractionMilliseconds = 100

const folder = await mkdtemp(join(tmpdir(), 'keyholder-bench-'))
const server = spawn(process.execPath, ['--import', 'tsx', 'server.ts'], {
  env: {
    ...process.env,
    AUTH_SECRET: randomBytes(32).toString('hex'),
    ...{ NODE_ENV: 'production', DEMO: '1', DATA_DIR: folder, HOSTNAME: '127.0.0.1', PORT: '3198', BASE_URL: address },
    DATABASE_URL: '',
  },
  stdio: ['ignore', 'ignore', 'inherit'],
})
// Lighthouse opens its pages beside ours, in the browser's own context, where the session is.
const context = await chromium.launchPersistentContext(join(folder, 'browser'), {
  executablePath: process.env.CHROMIUM_PATH || '/usr/bin/chromium',
  args: ['--no-sandbox', `--remote-debugging-port=${debuggingPort}`],
})

/** Signs in, once the server answers. */
async function signIn(page: Page): Promise<void> {
  for (let tries = 0; ; tries++) {
    const isThere = await fetch(`${address}/api/health/ready`).then(
      (response) => response.ok,
      () => false,
    )
    if (isThere) break
    if (tries > 240) throw new Error('The server does not answer.')
    await sleep(500)
  }
  await page.goto(`${address}/sign-in`)
  await page.getByRole('button', { name: 'Explore the demo' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible({ timeout: 60_000 })
}

async function rate(name: string, url: string, device: 'desktop' | 'mobile'): Promise<void> {
  const result = await lighthouse(
    url,
    { port: debuggingPort, onlyCategories: [...categories], disableStorageReset: true, logLevel: 'error' },
    device === 'desktop' ? desktopConfig : undefined,
  )
  if (!result) throw new Error('Lighthouse gave no result.')
  const { lhr } = result
  if (lhr.finalDisplayedUrl !== url) throw new Error(`Lighthouse looked at ${lhr.finalDisplayedUrl}.`)
  const scores = categories.map((category) => {
    const score = Math.round((lhr.categories[category]?.score ?? 0) * 100)
    return `${category} ${score}${score < leastScore ? ' !' : ''}`
  })
  const metric = (id: string) => lhr.audits[id]?.displayValue ?? '?'
  console.log(
    `${`${name}, ${device}`.padEnd(26)} ${scores.join(', ')}; largest paint ${metric('largest-contentful-paint')}, blocked ${metric('total-blocking-time')}, shift ${metric('cumulative-layout-shift')}`,
  )
  const counted = categories.flatMap((category) => lhr.categories[category]?.auditRefs ?? [])
  for (const { id, weight } of counted) {
    const audit = lhr.audits[id]
    if (weight > 0 && audit?.scoreDisplayMode === 'binary' && audit.score === 0) console.log(`    ${audit.title}`)
  }
}

/** The longest time from a key to what it changes on the page, as browsers count it for INP. */
async function typeIntoSearch(page: Page): Promise<void> {
  await page.goto(`${address}/identities`, { waitUntil: 'networkidle' })
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowness })
  await page.evaluate(() => {
    const durations: number[] = []
    Object.assign(window, { durations })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        if ((entry as PerformanceEventTiming).interactionId) durations.push(entry.duration)
      }
    }).observe({ type: 'event', durationThreshold: 16, buffered: true } as PerformanceObserverInit)
  })
  const search = page.getByRole('searchbox').first()
  await search.click()
  await search.pressSequentially('maria lopez', { delay: 120 })
  await page.waitForTimeout(1500)
  const durations = await page.evaluate(() => (window as unknown as { durations: number[] }).durations)
  await session.send('Emulation.setCPUThrottlingRate', { rate: 1 })
  const longest = Math.max(0, ...durations)
  console.log(
    `Typing into the search, ${slowness} times as slow: at most ${longest} ms to the next picture${longest > mostInteractionMilliseconds ? ' !' : ''}, of ${durations.length} interactions over 16 ms.`,
  )
}

try {
  const page = await context.newPage()
  await signIn(page)
  await page.goto(`${address}/identities`)
  const person = await page.locator('main table a[href^="/identities/"]').first().getAttribute('href')
  for (const device of ['desktop', 'mobile'] as const) {
    await rate('The list', `${address}/identities`, device)
    await rate('A person', `${address}${person}`, device)
  }
  await typeIntoSearch(page)
} finally {
  await context.close()
  server.kill('SIGTERM')
  if (server.exitCode === null) await once(server, 'exit')
  await rm(folder, { recursive: true, force: true })
}
