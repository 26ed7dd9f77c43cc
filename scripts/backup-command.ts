import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { DrizzleQueryError } from 'drizzle-orm/errors'
import { DamagedBackup, type TableSum } from '@/db/backup/format'
import { DataFolderInUse } from '@/db/data-folder-lock'

/** What is wrong with the command line. */
class WrongUsage extends Error {}

/** What a command that deals with backups was asked for. */
type Asked = { file: string; replace: boolean }

/**
 * Runs one of the commands that deal with backups: reads its command line, and says in words what went
 * wrong.
 *
 * @param command.usage is shown by `--help` and when the command line is wrong.
 */
export async function runBackupCommand(command: {
  usage: string
  takesFile: boolean
  takesReplace: boolean
  run: (asked: Asked) => Promise<void>
}): Promise<void> {
  try {
    const { values, positionals } = readCommandLine(command.takesReplace)
    if (values.help) {
      console.log(command.usage)
      return
    }
    const [file = '', ...rest] = positionals
    if (command.takesFile && !file) throw new WrongUsage('The file is missing.')
    const [surplus] = command.takesFile ? rest : positionals
    if (surplus !== undefined) throw new WrongUsage(`There is no place for “${surplus}”.`)
    await command.run({ file, replace: values.replace === true })
  } catch (error) {
    console.error(error instanceof WrongUsage ? `${error.message}\n\n${command.usage}` : inWords(error))
    process.exitCode = error instanceof WrongUsage ? 2 : 1
  }
}

function readCommandLine(takesReplace: boolean) {
  try {
    return parseArgs({
      allowPositionals: true,
      options: { help: { type: 'boolean' }, ...(takesReplace ? { replace: { type: 'boolean' } } : {}) } as {
        help: { type: 'boolean' }
        replace?: { type: 'boolean' }
      },
    })
  } catch (error) {
    throw new WrongUsage(error instanceof Error ? error.message : String(error))
  }
}

function inWords(error: unknown): string {
  if (error instanceof DataFolderInUse) {
    return `Keyholder is running on the data folder (${error.folder}), and only one process can use it. Stop it, then run this again.`
  }
  if (error instanceof DamagedBackup) return `This is not a whole backup. ${error.message}`
  // Its own message has all the rows that were on their way.
  if (error instanceof DrizzleQueryError && error.cause) return inWords(error.cause)
  if (!(error instanceof Error)) return String(error)
  // A server out of reach by every address of its name.
  if (error instanceof AggregateError && !error.message) return error.errors.map(inWords).join('\n')
  return error.cause ? `${error.message}\n${inWords(error.cause)}` : error.message
}

/** @throws Error when there is no embedded database to read in a folder; opening it would make one. */
export function refuseMissingFolder(folder: string): void {
  if (existsSync(join(folder, 'postgres'))) return
  throw new Error(
    `There is no embedded database in ${folder}. DATA_DIR says where it is, or DATABASE_URL names a server.`,
  )
}

/** A database as a person knows it: the server's name without a password, or the folder. */
export function placeOf({ url, folder }: { url: string | undefined; folder: string }): string {
  if (!url) return `the embedded database in ${folder}`
  const { host, pathname } = new URL(url)
  return `the database ${pathname.slice(1)} on ${host}`
}

/** How many rows there are in how many tables. */
export function countOf(sums: TableSum[]): string {
  const total = sums.reduce((sum, { rows }) => sum + rows, 0)
  return `${total.toLocaleString('en')} rows in ${sums.length} tables`
}
