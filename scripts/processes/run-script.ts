import { execFile } from 'node:child_process'
import process from 'node:process'
import { promisify } from 'node:util'
import { root } from '../run-command.mjs'

const execute = promisify(execFile)

/** Runs one of this version's scripts on a database, as `runScriptOf` does. */
export function runScript(variables: Record<string, string>, script: string, ...words: string[]): Promise<string> {
  return runScriptOf(root, variables, script, ...words)
}

/**
 * Runs one of the scripts of the version in a folder on a database and gives what it printed.
 *
 * @throws Error with its output when it fails.
 */
export async function runScriptOf(
  folder: string,
  variables: Record<string, string>,
  script: string,
  ...words: string[]
): Promise<string> {
  const { stdout } = await execute(process.execPath, ['--import', 'tsx', `scripts/${script}.ts`, ...words], {
    cwd: folder,
    env: { ...process.env, DATABASE_URL: '', DATA_DIR: '', LOG_LEVEL: 'error', ...variables },
  })
  return stdout.trim()
}
