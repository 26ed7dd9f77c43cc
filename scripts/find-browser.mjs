import process from 'node:process'
import { findProgram, isProgram } from './find-program.mjs'
import { installSystemPackages } from './install-system-packages.mjs'

/**
 * Chromium without windows and what belongs to them, as Playwright's own download has it: the same engine, in which the
 * end-to-end tests take two thirds of the time.
 */
const headlessShell = 'chromium-headless-shell'

/**
 * The Chromium that the end-to-end tests drive: the one named by CHROMIUM_PATH or one found on this
 * machine; where there is none, Debian's is installed if that can be done.
 *
 * @returns {Promise<string | undefined>} its full path
 */
export async function findOrInstallBrowser() {
  const present = findBrowser()
  if (present || process.env.CHROMIUM_PATH) return present
  // Not every distribution has the former.
  for (const browser of [headlessShell, 'chromium']) {
    if (await installSystemPackages(browser, 'fonts-liberation')) return findBrowser()
  }
  return undefined
}

/**
 * The same without installing anything.
 *
 * @returns {string | undefined}
 */
export function findBrowser() {
  const named = process.env.CHROMIUM_PATH
  if (named) return isProgram(named) ? named : undefined
  for (const name of [headlessShell, 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']) {
    const found = findProgram(name)
    if (found) return found
  }
  const onMac = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
  return isProgram(onMac) ? onMac : undefined
}
