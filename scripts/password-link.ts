/*
 * Makes a link by which somebody who has forgotten their password chooses a new one, and prints it, alone,
 * on standard output: for servers that send no email.
 *   npm run --silent password-link -- --email robin@example.com
 */
import { parseArgs } from 'node:util'
import { closeDatabase } from '@/db/client'
import { DataFolderInUse } from '@/db/data-folder-lock'
import { createPasswordReset } from '@/lib/password-resets/commands'
import { resetLink } from '@/lib/password-resets/password-reset-mail'

const usage = `Usage: npm run --silent password-link -- --email <address>

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
  console.log(options ? resetLink((await createPasswordReset(options)).token) : usage)
} catch (error) {
  console.error(inWords(error))
  process.exitCode = 1
} finally {
  await closeDatabase()
}
