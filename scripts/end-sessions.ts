/*
 * Ends all sessions of somebody who signs in to the dashboard, and prints how many there were: for a device
 * that was stolen, or who has left.
 *   npm run --silent end-sessions -- --email robin@example.com
 */
import { endAllSessions } from '@/lib/accounts/account/commands'
import { readEmail, runDatabaseCommand } from './database-command'

const usage = `Usage: npm run --silent end-sessions -- --email <address>

  --email   the address that they sign in with
  --help    shows this`

await runDatabaseCommand({ usage, read: readEmail, run: async (options) => String(await endAllSessions(options)) })
