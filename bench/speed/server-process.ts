import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

const clockTicksPerSecond = 100

/** A server of its own process, and what it takes of the machine; Linux tells. */
export type ServerProcess = {
  url: string
  processorMilliseconds: () => number
  memoryBytes: () => number
  stop: () => Promise<void>
}

/**
 * Starts a server and waits until it answers.
 *
 * @param arguments_ of node; the script first.
 * @throws Error when it ends before that, or has not answered after two minutes.
 */
export async function startServerProcess(
  arguments_: string[],
  port: number,
  environment: Record<string, string>,
): Promise<ServerProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', ...arguments_], {
    env: { ...process.env, ...environment, PORT: String(port), HOSTNAME: '127.0.0.1', NODE_ENV: 'production' },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const url = `http://127.0.0.1:${port}`
  await untilAnswered(child, url)
  return {
    url,
    processorMilliseconds: () => {
      // After the name, which may hold spaces: state is the first of these, user and system time the 12th and 13th.
      const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
      return ((Number(fields[11]) + Number(fields[12])) / clockTicksPerSecond) * 1000
    },
    memoryBytes: () => {
      const [, kilobytes] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8')) ?? []
      return Number(kilobytes) * 1024
    },
    stop: async () => {
      if (child.exitCode !== null) return
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}

async function untilAnswered(child: ChildProcess, url: string): Promise<void> {
  for (let tries = 0; tries < 240; tries++) {
    if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}.`)
    const isThere = await fetch(`${url}/api/health/live`).then(
      () => true,
      () => false,
    )
    if (isThere) return
    await sleep(500)
  }
  child.kill('SIGTERM')
  throw new Error('The server does not answer.')
}
