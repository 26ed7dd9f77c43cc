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

/** One of the commands that deal with backups. */
export type BackupCommand = {
  /** Is shown by `--help` and when the command line is wrong. */
  usage: string
  takesFile: boolean
  takesReplace: boolean
  /** Does the work and returns the lines to print. */
  run: (asked: Asked) => Promise<string[]>
}

/** Runs a command within this process. Errors come back in words. */
export async function runBackupCommand(
  command: BackupCommand,
  args: string[],
): Promise<{ code: number; output: string; problems: string }> {
  try {
    const asked = readCommandLine(command, args)
    const output = asked ? (await command.run(asked)).join('\n') : command.usage
    return { code: 0, output, problems: '' }
  } catch (error) {
    const isWrongUsage = error instanceof WrongUsage
    const problems = isWrongUsage ? `${error.message}\n\n${command.usage}` : inWords(error)
    return { code: isWrongUsage ? 2 : 1, output: '', problems }
  }
}

/** Runs a command as the whole work of this process, and prints its result. */
export async function startBackupCommand(command: BackupCommand): Promise<void> {
  const { code, output, problems } = await runBackupCommand(command, process.argv.slice(2))
  if (output) console.log(output)
  if (problems) console.error(problems)
  process.exitCode = code
}

/** Reads the command line; null stands for `--help`. */
function readCommandLine({ takesFile, takesReplace }: BackupCommand, args: string[]): Asked | null {
  const { values, positionals } = parseWords(takesReplace, args)
  if (values.help) return null
  const [file = '', ...rest] = positionals
  if (takesFile && !file) throw new WrongUsage('The file is missing.')
  const [surplus] = takesFile ? rest : positionals
  if (surplus !== undefined) throw new WrongUsage(`There is no place for “${surplus}”.`)
  return { file, replace: values.replace === true }
}

function parseWords(takesReplace: boolean, args: string[]) {
  try {
    return parseArgs({
      args,
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
