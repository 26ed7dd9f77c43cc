/*
 * Copies the embedded database into a PostgreSQL server's.
 *   DATABASE_URL=postgres://… npm run --silent db:move
 */
import { join } from 'node:path'
import { connectToFolder, connectToServer } from '@/db/backup/connection'
import { moveDatabase } from '@/db/backup/move'
import { databaseConfiguration } from '@/db/configuration'
import { type BackupCommand, countOf, placeOf, refuseMissingFolder, startBackupCommand } from './backup-command'
import { isStarted } from './is-started'

const usage = `Usage: DATABASE_URL=postgres://… npm run --silent db:move [-- --replace]

  --replace   loses all that the server's database holds; without it, that must be empty
  --help      shows this

It copies the embedded database in DATA_DIR, which keeps what it holds. Stop Keyholder before.`

/** The command `db:move`. */
export const moveCommand: BackupCommand = {
  usage,
  takesFile: false,
  takesReplace: true,
  run: async ({ replace }) => {
    const { url, ownerUrl, folder } = databaseConfiguration()
    if (!url) throw new Error('DATABASE_URL is missing. It names the PostgreSQL database to move to.')
    refuseMissingFolder(folder)
    const from = await connectToFolder(folder)
    try {
      const to = await connectToServer(ownerUrl ?? url)
      try {
        const { before, after } = await moveDatabase(from.database, to.database, { replace })
        const tables = after.map(({ table, rows, sha256 }, place) => {
          const was = before[place]
          return `${table.padEnd(28)} ${String(was?.rows).padStart(10)} → ${String(rows).padEnd(10)} ${was?.sha256.slice(0, 16)} → ${sha256.slice(0, 16)}`
        })
        const result = `Moved ${countOf(after)} from ${placeOf({ url: undefined, folder })} to ${placeOf({ url, folder })}. Read from there again, they are the same.`
        if (process.env.AUTH_SECRET) return [...tables, result]
        return [
          ...tables,
          result,
          `Set AUTH_SECRET to what ${join(folder, 'auth-secret')} holds, and people stay signed in.`,
        ]
      } finally {
        await to.close()
      }
    } finally {
      await from.close()
    }
  },
}

if (isStarted(import.meta.url)) await startBackupCommand(moveCommand)
