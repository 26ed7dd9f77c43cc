/*
 * Encrypts everything with the current secret that is encrypted with a former one, or not at all.
 *   npm run --silent rotate-secret
 */
import { parseArgs } from 'node:util'
import { databaseConfiguration } from '@/db/configuration'
import { previousSecrets, replaceKeptSecret } from '@/db/encryption/secrets'
import { checkSecrets, encryptEverythingAnew, giveUpLostSecrets } from '@/lib/platform/encryption/commands'
import { startDatabaseCommand } from './database-command'

const usage = `Usage: npm run --silent rotate-secret [-- --lost]

  Encrypts everything with AUTH_SECRET that is encrypted with a secret in AUTH_SECRET_PREVIOUS.
  Without AUTH_SECRET, it first replaces the secret in DATA_DIR.

  --lost   the former secret is lost: goes on without what it encrypted
  --help   shows this`

function readOptions(args: string[]): { isLost: boolean } | null {
  const { values } = parseArgs({ args, options: { lost: { type: 'boolean' }, help: { type: 'boolean' } } })
  return values.help ? null : { isLost: values.lost ?? false }
}

async function rotate({ isLost }: { isLost: boolean }): Promise<string> {
  if (isLost) {
    const lost = await giveUpLostSecrets()
    if (lost === 0) return 'No secret is missing: nothing was changed.'
  }
  await checkSecrets()
  const replaced = !isLost && replaceKeptSecret()
  if (replaced) await checkSecrets()
  const { encrypted, unreadable } = await encryptEverythingAnew({
    plainAtOnce: true,
    onProgress: (done) => process.stderr.write(`\r${done} encrypted`),
  })
  if (encrypted > 0) process.stderr.write('\n')
  return [
    `Values encrypted with the current secret just now: ${encrypted}. Nothing else is encrypted with a former one.`,
    ...(unreadable > 0 ? [`Values that cannot be read any more: ${unreadable}.`] : []),
    ...(replaced ? [`The secret in ${databaseConfiguration().folder} is a new one. Everybody signs in again.`] : []),
    ...(previousSecrets().length > 0
      ? [
          'Once every server runs with the current AUTH_SECRET, and this was run again since, remove AUTH_SECRET_PREVIOUS.',
        ]
      : []),
  ].join('\n')
}

await startDatabaseCommand({ usage, read: readOptions, run: rotate })
