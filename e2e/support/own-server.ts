import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'

/** A server of a test's own, beside the one that all tests share. */
export type OwnServer = {
  url: string
  /** All that it has written so far. */
  output: () => string
  /** Stops reading what it writes, as a closed terminal does. */
  closeOutput: () => void
  /** Sends SIGTERM and waits for the end. */
  stop: () => Promise<{ exitCode: number | null }>
}

const readinessTime = 100_000

/** Starts the production build on a data folder and a free port, with the demo off unless told otherwise. */
export async function startOwnServer(dataFolder: string, more: Record<string, string> = {}): Promise<OwnServer> {
  const port = more.PORT ?? String(await freePort())
  const server = spawn(process.execPath, ['--import', 'tsx', 'server.ts'], {
    env: {
      ...process.env,
      NODE_ENV: 'production',
      DATABASE_URL: '',
      DEMO: '',
      DATA_DIR: dataFolder,
      HOSTNAME: '127.0.0.1',
      PORT: port,
      ...more,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const ready = new Promise<void>((resolve, reject) => {
    setTimeout(() => reject(new Error(`The server was not ready in time:\n${output}`)), readinessTime).unref()
    const onOutput = (chunk: Buffer) => {
      output += chunk
      if (output.includes('Keyholder is ready on')) resolve()
    }
    server.stdout.on('data', onOutput)
    server.stderr.on('data', onOutput)
    // Only then is all that it wrote here.
    server.once('close', (exitCode) => reject(new Error(`The server ended with ${exitCode}:\n${output}`)))
  })
  try {
    await ready
  } catch (error) {
    server.kill('SIGKILL')
    throw error
  }
  return {
    url: `http://127.0.0.1:${port}`,
    output: () => output,
    closeOutput: () => {
      server.stdout.destroy()
      server.stderr.destroy()
    },
    stop: async () => {
      if (server.exitCode === null && server.signalCode === null) {
        const ended = once(server, 'exit')
        server.kill('SIGTERM')
        await ended
      }
      return { exitCode: server.exitCode }
    },
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (typeof address !== 'object' || !address) throw new Error('No free port was found.')
  return address.port
}
