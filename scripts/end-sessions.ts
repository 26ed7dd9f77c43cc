/*
 * Ends all sessions of somebody who signs in to the dashboard, and prints how many there were: for a device
 * that was stolen, or who has left.
 *   npm run --silent end-sessions -- --email robin@example.com
 */
import { endAllSessions } from '@/lib/accounts/account/commands'
import { readEmail, startDatabaseCommand } from './database-command'
import { isStarted } from './is-started'

const usage = `Usage: npm run --silent end-sessions -- --email <address>

  --email   the address that they sign in with
  --help    shows this`

/** The command `end-sessions`. */
export const endSessionsCommand = {
  usage,
  read: readEmail,
  run: async (options: { email: string }) => String(await endAllSessions(options)),
}

if (isStarted(import.meta.url)) await startDatabaseCommand(endSessionsCommand)
