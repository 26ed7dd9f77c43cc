/*
 * Writes all that the database holds to a file.
 *   npm run --silent backup -- keyholder-2026-01-31.backup
 */
import { stat } from 'node:fs/promises'
import { type Connection, connect } from '@/db/backup/connection'
import { refuseExistingFile, writeBackupFile } from '@/db/backup/file'
import { connectToRunning } from '@/db/backup/running-database'
import { NobodyToAsk } from '@/db/backup/standstill-client'
import { databaseConfiguration } from '@/db/configuration'
import { DataFolderInUse } from '@/db/data-folder-lock'
import { type BackupCommand, countOf, placeOf, refuseMissingFolder, startBackupCommand } from './backup-command'
import { isStarted } from './is-started'

const usage = `Usage: npm run --silent backup -- <file>

  <file>     the file to write, which must not be there yet
  --help     shows this

It is made of the database that DATABASE_URL or DATA_DIR names, as it is at one moment. Keyholder may be running meanwhile.`

type Place = ReturnType<typeof databaseConfiguration>
/** A database to read, and where it is a copy of one in use: when that was made, and for how long Keyholder stood still. */
type Source = Connection & { takenAt?: Date; milliseconds?: number }

/** The command `backup`. */
export const backupCommand: BackupCommand = {
  usage,
  takesFile: true,
  takesReplace: false,
  run: async ({ file }) => {
    const place = databaseConfiguration()
    if (!place.url) refuseMissingFolder(place.folder)
    await refuseExistingFile(file)
    const source = await connectToSource(place)
    try {
      const sums = await writeBackupFile(source.database, file, source.takenAt)
      const { size } = await stat(file)
      const result = `Backed up ${placeOf(place)}: ${countOf(sums)}, ${size.toLocaleString('en')} bytes in ${file}. It has been read again and is whole.`
      if (!source.takenAt) return [result]
      const standstill = `It has everything as it was at ${source.takenAt.toISOString()}. Keyholder went on running; requests waited for ${source.milliseconds} ms then.`
      return [result, standstill]
    } finally {
      await source.close()
    }
  },
}

/** The database itself; of an embedded one that Keyholder has open, a copy. */
async function connectToSource(place: Place): Promise<Source> {
  try {
    return await connect(place)
  } catch (error) {
    if (!(error instanceof DataFolderInUse)) throw error
    return connectToRunning(place.folder).catch((reason) => {
      throw reason instanceof NobodyToAsk ? new Error(whyNobody(error)) : reason
    })
  }
}

function whyNobody({ folder, holder }: DataFolderInUse): string {
  return `The data folder ${folder} is in use by a process${holder && ` (${holder})`} that cannot be asked for a copy: a server that is just starting or an older one, or another command. Wait for it, or stop it, and run this again.`
}

if (isStarted(import.meta.url)) await startBackupCommand(backupCommand)
