import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { stepOutput } from './step-output.mjs'

/** The repository's root, with a slash at its end. */
export const root = fileURLToPath(new URL('..', import.meta.url))

/**
 * @typedef {object} RunOptions
 * @property {NodeJS.ProcessEnv} [environment] instead of this process's own
 * @property {(text: string) => void} [onOutput] told of all output, which is still shown
 */

/**
 * Runs a program in the repository's root until it ends. Its output goes to the step that runs it, or to this terminal.
 * SIGINT and SIGTERM are passed on.
 *
 * @param {string} command
 * @param {string[]} commandArguments
 * @param {RunOptions} [options]
 * @returns {Promise<{ exitCode: number, interrupted: boolean }>} 128 + n for a program ended by signal n, as a shell says it
 */
export function runCommand(command, commandArguments, { environment = process.env, onOutput } = {}) {
  const write = stepOutput()
  const isPiped = Boolean(onOutput || write)
  // What is shown in a terminal in the end may be in colour.
  const colours = write && process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}
  return new Promise((resolve, reject) => {
    const child = spawn(command, commandArguments, {
      cwd: root,
      env: { ...environment, ...colours },
      stdio: isPiped ? ['inherit', 'pipe', 'pipe'] : 'inherit',
    })
    let interrupted = false
    /** @param {NodeJS.Signals} signal */
    const passOn = (signal) => {
      interrupted = true
      child.kill(signal)
    }
    process.on('SIGINT', passOn)
    process.on('SIGTERM', passOn)
    const finish = () => {
      process.off('SIGINT', passOn)
      process.off('SIGTERM', passOn)
    }
    child.stdout?.on('data', (chunk) => {
      if (write) write(chunk)
      else process.stdout.write(chunk)
      onOutput?.(String(chunk))
    })
    child.stderr?.on('data', (chunk) => {
      if (write) write(chunk)
      else process.stderr.write(chunk)
      onOutput?.(String(chunk))
    })
    child.on('error', (error) => {
      finish()
      reject(new Error(`${command} could not be started: ${error.message}`))
    })
    child.on('close', (code, signal) => {
      finish()
      resolve({ exitCode: code ?? 128 + (signal ? constants.signals[signal] : 0), interrupted })
    })
  })
}

/**
 * Runs npm itself, the very one that started this process where one did.
 *
 * @param {string[]} npmArguments
 * @param {RunOptions} [options]
 */
export function runNpm(npmArguments, options) {
  const npm = process.env.npm_execpath
  return npm?.endsWith('.js')
    ? runCommand(process.execPath, [npm, ...npmArguments], options)
    : runCommand('npm', npmArguments, options)
}
