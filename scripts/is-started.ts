import { realpathSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

/** Whether Node was started with this module, so that importing it from a test runs nothing. */
export function isStarted(moduleUrl: string): boolean {
  const [, path] = process.argv
  return path !== undefined && pathToFileURL(realpathSync(path)).href === moduleUrl
}
