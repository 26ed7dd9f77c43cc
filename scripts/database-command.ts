import { parseArgs } from 'node:util'
import { closeDatabase } from '@/db/client'
import { DataFolderInUse } from '@/db/data-folder-lock'

/** What is wrong with the command line. */
export class WrongUsage extends Error {}

/**
 * Runs a command that works on the database alone, prints what it gives, and says in words what went wrong.
 *
 * @param command.usage is shown by `--help` and when the command line is wrong.
 * @param command.read gives what the command line asks for, or null for `--help`.
 * @param command.whenInUse what to do where another process has the embedded database.
 */
export async function runDatabaseCommand<Options>(command: {
  usage: string
  read: () => Options | null
  run: (options: Options) => Promise<string>
  whenInUse?: string
}): Promise<void> {
  try {
    const options = readCommandLine(command.read)
    console.log(options ? await command.run(options) : command.usage)
  } catch (error) {
    console.error(
      error instanceof WrongUsage ? `${error.message}\n\n${command.usage}` : inWords(error, command.whenInUse),
    )
    process.exitCode = 1
  } finally {
    await closeDatabase()
  }
}

/** The address in `--email`, for commands that take nothing else; null for `--help`. */
export function readEmail(): { email: string } | null {
  const { values } = parseArgs({ options: { email: { type: 'string' }, help: { type: 'boolean' } } })
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
