/*
 * Makes a link by which somebody who has forgotten their password chooses a new one, and prints it, alone,
 * on standard output: for servers that send no email.
 *   npm run --silent password-link -- --email robin@example.com
 */
import { createPasswordReset } from '@/lib/accounts/password-resets/commands'
import { resetLink } from '@/lib/accounts/password-resets/password-reset-mail'
import { readEmail, runDatabaseCommand } from './database-command'

const usage = `Usage: npm run --silent password-link -- --email <address>

  --email   the address that they sign in with
  --help    shows this`

await runDatabaseCommand({
  usage,
  read: readEmail,
  run: async (options) => resetLink((await createPasswordReset(options)).token),
})
