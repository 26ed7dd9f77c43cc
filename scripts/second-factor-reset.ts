/*
 * Lets somebody in again who has lost their phone and their recovery codes: turns their two-factor
 * authentication off, and ends their sessions.
 *   npm run --silent second-factor-reset -- robin@example.com
 */
import { parseArgs } from 'node:util'
import { closeDatabase } from '@/db/client'
import { DataFolderInUse } from '@/db/data-folder-lock'
import { resetSecondFactor } from '@/lib/two-factor/commands'

const usage = `Usage: npm run --silent second-factor-reset -- <address> [--passkeys]

  <address>    the email address that they sign in with
  --passkeys   removes their passkeys too
  --help       shows this`

/** What is wrong with the command line. */
class WrongUsage extends Error {}

function readOptions(): { email: string; passkeys: boolean } | null {
  let values: { passkeys?: boolean; help?: boolean }
  let addresses: string[]
  try {
    ;({ values, positionals: addresses } = parseArgs({
      options: { passkeys: { type: 'boolean' }, help: { type: 'boolean' } },
      allowPositionals: true,
    }))
  } catch (error) {
    throw new WrongUsage(error instanceof Error ? error.message : String(error))
  }
  if (values.help) return null
  const [email, ...others] = addresses
  if (!email) throw new WrongUsage('The email address is missing.')
  if (others.length > 0) throw new WrongUsage('One email address at a time.')
  return { email, passkeys: values.passkeys ?? false }
}

/** What was done, in words. */
function outcome(email: string, { wasOn, passkeysRemoved }: Awaited<ReturnType<typeof resetSecondFactor>>): string {
  const off = wasOn ? ['two-factor authentication is off'] : []
  const removed = passkeysRemoved > 0 ? [`passkeys removed: ${passkeysRemoved}`] : []
  return `${email}: ${[...off, ...removed, 'signed out everywhere'].join(', ')}.`
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
  console.log(options ? outcome(options.email, await resetSecondFactor(options)) : usage)
} catch (error) {
  console.error(inWords(error))
  process.exitCode = 1
} finally {
  await closeDatabase()
}
