/*
 * Puts a backup in the place of all that the database holds.
 *   npm run --silent restore -- keyholder-2026-01-31.backup
 */
import { connect } from '@/db/backup/connection'
import { restoreBackupFile } from '@/db/backup/file'
import { databaseConfiguration } from '@/db/configuration'
import { type BackupCommand, countOf, placeOf, startBackupCommand } from './backup-command'
import { isStarted } from './is-started'

const usage = `Usage: npm run --silent restore -- <file> [--replace]

  <file>      a file that npm run backup has written
  --replace   loses all that the database holds; without it, the database must be empty
  --help      shows this

It goes into the database that DATABASE_URL or DATA_DIR names. Stop Keyholder before.`

/** The command `restore`. */
export const restoreCommand: BackupCommand = {
  usage,
  takesFile: true,
  takesReplace: true,
  run: async ({ file, replace }) => {
    const place = databaseConfiguration()
    const connection = await connect(place)
    try {
      const { sums, madeAt, from, migratedTo } = await restoreBackupFile(connection.database, file, { replace })
      const result = `Restored ${countOf(sums)}, as they were at ${madeAt}, into ${placeOf(place)}. Read from there again, they are the same.`
      if (from.name === migratedTo.name) return [result]
      return [result, `The backup was of migration ${from.name}; the database has been migrated to ${migratedTo.name}.`]
    } finally {
      await connection.close()
    }
  },
}

if (isStarted(import.meta.url)) await startBackupCommand(restoreCommand)
