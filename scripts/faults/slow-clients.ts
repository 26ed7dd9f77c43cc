import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { createEmbeddedTarget } from '../processes/target'
import { runWithLoad } from './run-with-load'
import type { Outcome } from './scenario'

const clientCount = 200
const timeoutSeconds = 5
const byteMilliseconds = 200

/** What is sent at once, and what slowly. */
type SlowRequest = { sent: string; left: string }

function slowRequests(apiKey: string): Record<'headers' | 'body', SlowRequest> {
  const headers = `POST /api/user_identities/create HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${apiKey}\r\n`
  return {
    headers: { sent: '', left: `${headers}X-Slow: ${'x'.repeat(500)}` },
    body: {
      sent: `${headers}Content-Type: application/json\r\nContent-Length: 500\r\n\r\n`,
      left: `{"full_name": "${'x'.repeat(480)}"}`,
    },
  }
}

/** Very many clients that send a byte at a time, their headers or their body. */
export async function slowClients(): Promise<Outcome> {
  const target = await createEmbeddedTarget()
  try {
    return await runWithLoad(target, {
      fault: `${clientCount} clients that send a byte at a time`,
      prefix: 'slow-clients',
      allowed: [],
      // Node takes one new connection in each round of its loop, which is long while the database within is busy.
      workers: 4,
      variables: { REQUEST_TIMEOUT_SECONDS: String(timeoutSeconds) },
      during: async (load, { url }) => {
        await load.reach(300)
        const before = load.ledger.acknowledged
        const slow = slowRequests(target.apiKey)
        const kinds = [slow.headers, slow.body]
        const ending = Promise.all(
          Array.from({ length: clientCount }, (_, number) =>
            sendSlowly(Number(new URL(url).port), kinds[number % kinds.length] ?? slow.headers),
          ),
        )
        const newcomer = await secondsOf(() => askOnNewConnection(`${url}/api/health/live`))
        const ends = await ending
        const longest = Math.max(...ends)
        const meanwhile = load.ledger.acknowledged - before
        const problems: string[] = []
        if (longest > newcomer + timeoutSeconds + 5)
          problems.push(`a slow client was suffered for ${longest.toFixed(1)} s`)
        if (meanwhile < 100) problems.push(`only ${meanwhile} writes were done for the others`)
        return {
          notes: [
            `each ended after ${longest.toFixed(1)} s at most; ${meanwhile} writes of others meanwhile`,
            `who came after them was answered after ${newcomer.toFixed(1)} s`,
          ],
          problems,
        }
      },
    })
  } finally {
    await target.remove()
  }
}

/** `fetch` would take a connection that it has. */
async function askOnNewConnection(url: string): Promise<void> {
  const [response] = (await once(get(url, { agent: false }), 'response')) as [IncomingMessage]
  response.resume()
}

async function secondsOf(run: () => Promise<unknown>): Promise<number> {
  const before = performance.now()
  await run()
  return (performance.now() - before) / 1000
}

/** After how many seconds the server ended the connection. */
function sendSlowly(port: number, request: SlowRequest): Promise<number> {
  return secondsOf(() => sendByteByByte(port, request))
}

async function sendByteByByte(port: number, { sent, left }: SlowRequest): Promise<void> {
  const socket: Socket = connect(port, '127.0.0.1')
  let isOver = false
  const over = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  void over.then(() => (isOver = true))
  socket.on('error', () => undefined)
  socket.resume()
  socket.write(sent)
  for (const byte of left) {
    if (isOver) break
    socket.write(byte)
    await Promise.race([over, sleep(byteMilliseconds)])
  }
  socket.destroy()
}
