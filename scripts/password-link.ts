/*
 * Makes a link by which somebody who has forgotten their password chooses a new one, and prints it, alone,
 * on standard output: for servers that send no email.
 *   npm run --silent password-link -- --email robin@example.com
 */
import { createPasswordReset } from '@/lib/accounts/password-resets/commands'
import { resetLink } from '@/lib/accounts/password-resets/password-reset-mail'
import { readEmail, startDatabaseCommand } from './database-command'
import { isStarted } from './is-started'

const usage = `Usage: npm run --silent password-link -- --email <address>

  --email   the address that they sign in with
  --help    shows this`

/** The command `password-link`. */
export const passwordLinkCommand = {
  usage,
  read: readEmail,
  run: async (options: { email: string }) => resetLink((await createPasswordReset(options)).token),
}

if (isStarted(import.meta.url)) await startDatabaseCommand(passwordLinkCommand)
