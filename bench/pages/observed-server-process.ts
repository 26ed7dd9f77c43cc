import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

/** How the id of a request begins whose statements are written down. */
export const observedMark = 'observed-'

/** What the server is asked about a request: what its statements were, or to send them again and tell how long that took. */
export type Question = { number: number; requestId: string; repeats: boolean }
export type Answer = { number: number; statements?: string[][]; milliseconds?: number }

/** How a page was answered: `bytes` as they were sent, compressed. */
type PageAnswer = {
  status: number
  milliseconds: number
  firstByteMilliseconds: number
  bytes: number
  location?: string
}

/** The production server in a process of its own that tells of its statements. */
export type ObservedServer = {
  url: string
  /** Asks for a page as a browser does, with all of its answer. */
  ask: (path: string, headers: Record<string, string>) => Promise<PageAnswer>
  /** The statements of an observed request, those together that were sent at once. */
  statementsOf: (requestId: string) => Promise<string[][]>
  /** Has an observed request's statements sent again, by the driver alone: how long that took. */
  repeat: (requestId: string) => Promise<number>
  stop: () => Promise<void>
}

/**
 * Starts the server, and waits until it answers.
 *
 * @throws Error when it ends before that, or has not answered after two minutes.
 */
export async function startObservedServer(
  port: number,
  environment: Record<string, string>,
  nodeOptions: string[] = [],
): Promise<ObservedServer> {
  const url = `http://127.0.0.1:${port}`
  const child = spawn(process.execPath, [...nodeOptions, '--import', 'tsx', 'bench/pages/observed-server.ts'], {
    env: {
      ...process.env,
      ...{ NODE_ENV: 'production', HOSTNAME: '127.0.0.1', PORT: String(port), BASE_URL: url },
      ...environment,
    },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  await untilReady(child, url)
  const tell = questionnaire(child)
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  return {
    url,
    ask: (path, headers) => askForPage(agent, `${url}${path}`, headers),
    statementsOf: async (requestId) => (await tell(requestId, false)).statements ?? [],
    repeat: async (requestId) => (await tell(requestId, true)).milliseconds ?? Number.NaN,
    stop: async () => {
      agent.destroy()
      if (child.exitCode !== null) return
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}

function questionnaire(child: ChildProcess) {
  const waiting = new Map<number, (answer: Answer) => void>()
  let asked = 0
  child.on('message', (answer: Answer) => {
    waiting.get(answer.number)?.(answer)
    waiting.delete(answer.number)
  })
  return (requestId: string, repeats: boolean) =>
    new Promise<Answer>((resolve) => {
      const number = asked++
      waiting.set(number, resolve)
      child.send({ number, requestId, repeats } satisfies Question)
    })
}

function askForPage(agent: Agent, url: string, headers: Record<string, string>): Promise<PageAnswer> {
  const begun = performance.now()
  return new Promise((resolve, reject) => {
    const asked = request(url, { agent, headers: { 'accept-encoding': 'gzip', ...headers } }, (response) => {
      let [bytes, firstByteMilliseconds] = [0, Number.NaN]
      response.on('data', (part: Buffer) => {
        if (bytes === 0) firstByteMilliseconds = performance.now() - begun
        bytes += part.length
      })
      response.on('end', () => {
        const milliseconds = performance.now() - begun
        const { location } = response.headers
        resolve({ status: response.statusCode ?? 0, milliseconds, firstByteMilliseconds, bytes, location })
      })
      response.on('error', reject)
    })
    asked.on('error', reject)
    asked.end()
  })
}

async function untilReady(child: ChildProcess, url: string): Promise<void> {
  for (let tries = 0; tries < 240; tries++) {
    if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}.`)
    const isReady = await fetch(`${url}/api/health/ready`).then(
      (response) => response.ok,
      () => false,
    )
    if (isReady) return
    await sleep(500)
  }
  child.kill('SIGTERM')
  throw new Error('The server does not answer.')
}
