/*
 * Lets somebody in again who has lost their phone and their recovery codes: turns their two-factor
 * authentication off, and ends their sessions.
 *   npm run --silent second-factor-reset -- robin@example.com
 */
import { parseArgs } from 'node:util'
import { resetSecondFactor } from '@/lib/accounts/two-factor/commands'
import { startDatabaseCommand, WrongUsage } from './database-command'
import { isStarted } from './is-started'

const usage = `Usage: npm run --silent second-factor-reset -- <address> [--passkeys]

  <address>    the email address that they sign in with
  --passkeys   removes their passkeys too
  --help       shows this`

function readOptions(args: string[]): { email: string; passkeys: boolean } | null {
  const { values, positionals } = parseArgs({
    args,
    options: { passkeys: { type: 'boolean' }, help: { type: 'boolean' } },
    allowPositionals: true,
  })
  if (values.help) return null
  const [email, ...others] = positionals
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

/** The command `second-factor-reset`. */
export const secondFactorResetCommand = {
  usage,
  read: readOptions,
  run: async (options: { email: string; passkeys: boolean }) =>
    outcome(options.email, await resetSecondFactor(options)),
}

if (isStarted(import.meta.url)) await startDatabaseCommand(secondFactorResetCommand)
