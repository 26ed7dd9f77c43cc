import { spawn } from 'node:child_process'
import { join } from 'node:path'

/**
 * Runs one of the scripts as a process of its own, until it ends.
 *
 * @param script its name without `.ts`.
 * @param variables beside those of this process.
 */
export function runScript(
  script: string,
  options: string[],
  variables: Record<string, string> = {},
): Promise<{ code: number | null; output: string; problems: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', join('scripts', `${script}.ts`), ...options], {
    env: { ...process.env, ...variables },
  })
  let output = ''
  let problems = ''
  child.stdout.on('data', (chunk) => {
    output += chunk
  })
  child.stderr.on('data', (chunk) => {
    problems += chunk
  })
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, output, problems })))
}
