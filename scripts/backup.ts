/*
 * Writes all that the database holds to a file.
 *   npm run --silent backup -- keyholder-2026-01-31.backup
 */
import { stat } from 'node:fs/promises'
import { connect } from '@/db/backup/connection'
import { writeBackupFile } from '@/db/backup/file'
import { databaseConfiguration } from '@/db/configuration'
import { countOf, placeOf, refuseMissingFolder, runBackupCommand } from './backup-command'

const usage = `Usage: npm run --silent backup -- <file>

  <file>     the file to write, which must not be there yet
  --help     shows this

It is made of the database that DATABASE_URL or DATA_DIR names. On PostgreSQL, Keyholder may be running meanwhile.`

await runBackupCommand({
  usage,
  takesFile: true,
  takesReplace: false,
  run: async ({ file }) => {
    const place = databaseConfiguration()
    if (!place.url) refuseMissingFolder(place.folder)
    const connection = await connect(place)
    try {
      const sums = await writeBackupFile(connection.database, file)
      const { size } = await stat(file)
      console.log(
        `Backed up ${placeOf(place)}: ${countOf(sums)}, ${size.toLocaleString('en')} bytes in ${file}. It has been read again and is whole.`,
      )
    } finally {
      await connection.close()
    }
  },
})
