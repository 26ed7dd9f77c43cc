import { execFile } from 'node:child_process'
import process from 'node:process'
import { promisify } from 'node:util'
import { root } from '../run-command.mjs'

const execute = promisify(execFile)

/**
 * Runs one of the scripts on a database and gives what it printed.
 *
 * @throws Error with its output when it fails.
 */
export async function runScript(variables: Record<string, string>, script: string, ...words: string[]) {
  const { stdout } = await execute(process.execPath, ['--import', 'tsx', `scripts/${script}.ts`, ...words], {
    cwd: root,
    env: { ...process.env, DATABASE_URL: '', DATA_DIR: '', LOG_LEVEL: 'error', ...variables },
  })
  return stdout.trim()
}
