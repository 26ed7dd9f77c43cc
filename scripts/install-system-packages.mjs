import process from 'node:process'
import { findProgram } from './find-program.mjs'
import { runCommand } from './run-command.mjs'
import { say } from './step-output.mjs'

/**
 * Installs packages of Debian's or Ubuntu's, where that is possible without asking anybody.
 *
 * @param {string[]} names
 * @returns {Promise<boolean>} whether they are installed now
 */
export async function installSystemPackages(...names) {
  const aptGet = findProgram('apt-get')
  const isRoot = process.getuid?.() === 0
  const sudo = isRoot ? undefined : findProgram('sudo')
  if (!aptGet || !(isRoot || sudo)) return false
  say(`Installing ${names.join(', ')} from the system's packages …`)
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  /** @param {string[]} aptArguments */
  const apt = async (aptArguments) => {
    const command = sudo ? [sudo, '-n', aptGet, ...aptArguments] : [aptGet, ...aptArguments]
    return (await runCommand(command[0] ?? aptGet, command.slice(1), { environment })).exitCode === 0
  }
  // An update that fails for one of several sources may still have brought what is needed.
  await apt(['update', '-qq'])
  return apt(['install', '-y', '-qq', '--no-install-recommends', ...names])
}
