// Measures the JavaScript that a modern browser fetches for the identities list's first load, on the
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
  const scripts = await measure(`http://127.0.0.1:${port}`)
  for (const { path, size } of scripts) console.log(`${kilobytes(size).padStart(9)}  ${path}`)
  const total = scripts.reduce((sum, { size }) => sum + size, 0)
  const verdict = `/identities fetches ${kilobytes(total)} of JavaScript, gzipped, in ${scripts.length} files; the budget is ${kilobytes(budget)}.`
  if (scripts.length === 0) throw new Error('No JavaScript was fetched: the page did not load.')
  if (total > budget) throw new Error(verdict)
  console.log(verdict)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
} finally {
  server.kill('SIGTERM')
  await ended
  rmSync(folder, { recursive: true, force: true })
}

/** @param {string} address @returns {Promise<{ path: string, size: number }[]>} every script that was fetched, largest first */
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
    await page.goto(`${address}/identities`, { waitUntil: 'networkidle' })
    await page.getByRole('table', { name: 'Identities' }).waitFor()
    const scripts = await Promise.all([...sizes].map(async ([path, size]) => ({ path, size: await size })))
    return scripts.sort((one, other) => other.size - one.size)
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
