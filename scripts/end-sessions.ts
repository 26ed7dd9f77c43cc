/*
 * Ends all sessions of somebody who signs in to the dashboard, and prints how many there were: for a device
 * that was stolen, or who has left.
 *   npm run --silent end-sessions -- --email robin@example.com
 */
import { parseArgs } from 'node:util'
import { closeDatabase } from '@/db/client'
import { DataFolderInUse } from '@/db/data-folder-lock'
import { endAllSessions } from '@/lib/account/commands'

const usage = `Usage: npm run --silent end-sessions -- --email <address>

  --email   the address that they sign in with
  --help    shows this`

/** What is wrong with the command line. */
class WrongUsage extends Error {}

function readOptions(): { email: string } | null {
  let values: { email?: string; help?: boolean }
  try {
    ;({ values } = parseArgs({ options: { email: { type: 'string' }, help: { type: 'boolean' } } }))
  } catch (error) {
    throw new WrongUsage(error instanceof Error ? error.message : String(error))
  }
  if (values.help) return null
  if (!values.email) throw new WrongUsage('--email is missing.')
  return { email: values.email }
}

/** What went wrong, in words: the driver's own are in the cause. */
function inWords(error: unknown): string {
  if (error instanceof WrongUsage) return `${error.message}\n\n${usage}`
  if (error instanceof DataFolderInUse) {
    return `Keyholder is running on the data folder (${error.folder}), and only one process can use it. Stop Keyholder, run this again, and start it.`
  }
  if (!(error instanceof Error)) return String(error)
  return error.cause ? `${error.message}\n${inWords(error.cause)}` : error.message
}

try {
  const options = readOptions()
  console.log(options ? await endAllSessions(options) : usage)
} catch (error) {
  console.error(inWords(error))
  process.exitCode = 1
} finally {
  await closeDatabase()
}
