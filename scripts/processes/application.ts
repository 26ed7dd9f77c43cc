import { spawn } from 'node:child_process'
import { once } from 'node:events'
import process from 'node:process'
import { root } from '../run-command.mjs'
import { freePort } from '../temporary-postgres.mjs'
import { endWithThisProcess } from './children'

/** A server process of the production build. */
export type Application = {
  url: string
  /** The last of what it has written. */
  output: () => string
  isRunning: () => boolean
  /** Ends it at once, in the middle of whatever it does (SIGKILL). */
  kill: () => Promise<void>
  /** Has it finish what is under way (SIGTERM), and gives its exit code. */
  stop: () => Promise<number | null>
}

const readyMilliseconds = 60_000
const keptOutput = 20_000

/**
 * Starts the production build, which must be there, and waits until it is ready.
 *
 * @param variables of its environment, besides those that all have
 * @param wrapper a program with its arguments that becomes the server, such as `prlimit`
 * @param folder of another version that has been built
 * @throws Error with its output when it does not become ready.
 */
export async function startApplication(
  variables: Record<string, string>,
  wrapper: string[] = [],
  folder: string = root,
): Promise<Application> {
  const port = variables.PORT ?? String(await freePort())
  const [program = process.execPath, ...words] = [...wrapper, process.execPath, '--import', 'tsx', 'server.ts']
  const server = spawn(program, words, {
    cwd: folder,
    env: {
      ...process.env,
      ...{
        DATABASE_URL: '',
        DATA_DIR: '',
        DEMO: '',
        LOG_LEVEL: 'error',
        NODE_ENV: 'production',
        API_RATE_LIMIT: '0',
        ACCOUNT_LIMITS: '0',
      },
      ...{ HOSTNAME: '127.0.0.1', PORT: port, AUTH_SECRET: 'faults-faults-faults-faults-faults' },
      ...variables,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  endWithThisProcess(server)
  let output = ''
  const isRunning = () => server.exitCode === null && server.signalCode === null
  const end = async (signal: NodeJS.Signals) => {
    if (!isRunning()) return
    const ended = once(server, 'exit')
    server.kill(signal)
    await ended
  }
  try {
    await new Promise<void>((resolve, reject) => {
      const patience = setTimeout(() => reject(new Error('it was not ready in time')), readyMilliseconds)
      const onOutput = (chunk: Buffer) => {
        output = (output + chunk).slice(-keptOutput)
        if (!output.includes('Keyholder is ready on')) return
        clearTimeout(patience)
        resolve()
      }
      server.stdout.on('data', onOutput)
      server.stderr.on('data', onOutput)
      server.once('error', reject)
      server.once('exit', (code, signal) => {
        clearTimeout(patience)
        reject(new Error(`it ended with ${code ?? signal}`))
      })
    })
  } catch (error) {
    await end('SIGKILL')
    throw new Error(`The application did not start: ${(error as Error).message}\n${output}`)
  }
  return {
    url: `http://127.0.0.1:${port}`,
    output: () => output,
    isRunning,
    kill: () => end('SIGKILL'),
    stop: async () => {
      await end('SIGTERM')
      return server.exitCode
    },
  }
}
