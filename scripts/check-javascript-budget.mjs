// Measures the JavaScript that a modern browser fetches for the first load of some pages, on the
// production build (`npm run build` first), and fails above the budget.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { gzipSync } from 'node:zlib'
import { chromium } from '@playwright/test'
import { findOrInstallBrowser } from './find-browser.mjs'
import { root } from './run-command.mjs'

/** Bytes, gzipped. */
const budget = 230_000
const startTime = 120_000

/** The pages that are measured, each with its heading. */
const pages = {
  '/identities': 'Identities',
  '/reconcile': 'Reconcile',
  '/identities/duplicates': 'Duplicates',
  '/import': 'Import',
  '/events': 'Events',
}

const folder = mkdtempSync(join(tmpdir(), 'keyholder-budget-'))
const port = await findFreePort()
const server = spawn(process.execPath, ['--import', 'tsx', 'server.ts'], {
  cwd: root,
  env: {
    ...process.env,
    NODE_ENV: 'production',
    DEMO: '1',
    DATABASE_URL: '',
    DATA_DIR: folder,
    HOSTNAME: '127.0.0.1',
    PORT: String(port),
  },
  stdio: ['ignore', 'pipe', 'inherit'],
})
const ended = once(server, 'exit')
try {
  await untilReady()
  const fetched = await measure(`http://127.0.0.1:${port}`)
  for (const [path, sizes] of Object.entries(fetched)) {
    const total = sizes.reduce((sum, size) => sum + size, 0)
    const verdict = `${path} fetches ${kilobytes(total)} of JavaScript, gzipped, in ${sizes.length} files; the budget is ${kilobytes(budget)}.`
    if (sizes.length === 0) throw new Error(`No JavaScript was fetched for ${path}: the page did not load.`)
    console.log(verdict)
    if (total > budget) throw new Error(`${path} is above the budget.`)
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
} finally {
  server.kill('SIGTERM')
  await ended
  rmSync(folder, { recursive: true, force: true })
}

/** @param {string} address @returns {Promise<Record<string, number[]>>} for each page, the size of every script that it fetched */
async function measure(address) {
  const executablePath = await findOrInstallBrowser()
  if (!executablePath) throw new Error('No Chromium was found and none could be installed; set CHROMIUM_PATH to one.')
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
  try {
    const visitor = await browser.newContext()
    const entrance = await visitor.newPage()
    await entrance.goto(`${address}/sign-in`)
    await entrance.getByRole('button', { name: 'Explore the demo' }).click()
    await entrance.getByRole('heading', { level: 1, name: 'Overview' }).waitFor()

    /** @type {Record<string, number[]>} */
    const fetched = {}
    for (const [path, heading] of Object.entries(pages)) {
      // A context of its own has an empty cache, as on a first visit.
      const context = await browser.newContext({ storageState: await visitor.storageState() })
      const page = await context.newPage()
      /** @type {Map<string, Promise<number>>} */
      const sizes = new Map()
      page.on('response', (response) => {
        const { pathname } = new URL(response.url())
        if (!/\.m?js$/.test(pathname) || sizes.has(pathname)) return
        sizes.set(
          pathname,
          response.body().then((body) => gzipSync(body).length),
        )
      })
      await page.goto(`${address}${path}`, { waitUntil: 'networkidle' })
      await page.getByRole('heading', { level: 1, name: heading }).waitFor()
      fetched[path] = await Promise.all(sizes.values())
      await context.close()
    }
    return fetched
  } finally {
    await browser.close()
  }
}

/** Waits until the server says that it is ready. */
function untilReady() {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('The server was not ready in time.')), startTime)
    timer.unref()
    let output = ''
    server.stdout.on('data', (chunk) => {
      output += chunk
      if (output.includes('Keyholder is ready on')) resolve(undefined)
    })
    server.once('error', reject)
    server.once('exit', (code) => reject(new Error(`The server ended with ${code}. Is there a build?\n${output}`)))
  })
}

async function findFreePort() {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (typeof address !== 'object' || !address) throw new Error('No free port was found.')
  return address.port
}

/** @param {number} bytes */
function kilobytes(bytes) {
  return `${(bytes / 1000).toFixed(1)} kB`
}
