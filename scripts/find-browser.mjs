import process from 'node:process'
import { findProgram, isProgram } from './find-program.mjs'
import { installSystemPackages } from './install-system-packages.mjs'

/**
 * The Chromium that the end-to-end tests drive: the one named by CHROMIUM_PATH or one found on this
 * machine; where there is none, Debian's is installed if that can be done.
 *
 * @returns {Promise<string | undefined>} its full path
 */
export async function findOrInstallBrowser() {
  const named = process.env.CHROMIUM_PATH
  if (named) return isProgram(named) ? named : undefined
  return findBrowser() ?? ((await installSystemPackages('chromium', 'fonts-liberation')) ? findBrowser() : undefined)
}

function findBrowser() {
  if (isProgram('/usr/bin/chromium')) return '/usr/bin/chromium'
  for (const name of ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']) {
    const found = findProgram(name)
    if (found) return found
  }
  const onMac = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
  return isProgram(onMac) ? onMac : undefined
}
