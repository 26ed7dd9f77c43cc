import { parseArgs } from 'node:util'
import { closeDatabase } from '@/db/client'
import { DataFolderInUse } from '@/db/data-folder-lock'

/** What is wrong with the command line. */
export class WrongUsage extends Error {}

/** A command that works on the database alone. */
export type DatabaseCommand<Options> = {
  /** Is shown by `--help` and when the command line is wrong. */
  usage: string
  /** Reads the command line; null stands for `--help`. */
  read: (args: string[]) => Options | null
  /** Does the work and returns what to print. */
  run: (options: Options) => Promise<string>
  /** Says what to do while another process has the embedded database. */
  whenInUse?: string
}

/** Runs a command within this process, and leaves the database open. Errors come back in words. */
export async function runDatabaseCommand<Options>(
  command: DatabaseCommand<Options>,
  args: string[],
): Promise<{ code: number; output: string; problems: string }> {
  try {
    const options = readCommandLine(() => command.read(args))
    return { code: 0, output: options ? await command.run(options) : command.usage, problems: '' }
  } catch (error) {
    const problems =
      error instanceof WrongUsage ? `${error.message}\n\n${command.usage}` : inWords(error, command.whenInUse)
    return { code: 1, output: '', problems }
  }
}

/** Runs a command as the whole work of this process, and prints its result. */
export async function startDatabaseCommand<Options>(command: DatabaseCommand<Options>): Promise<void> {
  const { code, output, problems } = await runDatabaseCommand(command, process.argv.slice(2))
  if (output) console.log(output)
  if (problems) console.error(problems)
  process.exitCode = code
  await closeDatabase()
}

/** The address in `--email`, for commands that take nothing else; null for `--help`. */
export function readEmail(args: string[]): { email: string } | null {
  const { values } = parseArgs({ args, options: { email: { type: 'string' }, help: { type: 'boolean' } } })
  if (values.help) return null
  if (!values.email) throw new WrongUsage('--email is missing.')
  return { email: values.email }
}

function readCommandLine<Options>(read: () => Options): Options {
  try {
    return read()
  } catch (error) {
    throw new WrongUsage(error instanceof Error ? error.message : String(error))
  }
}

const stopIt = 'Stop Keyholder, run this again, and start it.'

/** What went wrong, in words: the driver's own are in the cause. */
function inWords(error: unknown, whenInUse = stopIt): string {
  if (error instanceof DataFolderInUse) {
    return `Keyholder is running on the data folder (${error.folder}), and only one process can use it. ${whenInUse}`
  }
  if (!(error instanceof Error)) return String(error)
  return error.cause ? `${error.message}\n${inWords(error.cause, whenInUse)}` : error.message
}
