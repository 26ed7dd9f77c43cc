import { once } from 'node:events'
import { createServer } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

/** Hears webhooks, on loopback. */
export type Receiver = {
  url: string
  /** How often each delivery arrived, by its id. */
  arrivals: Map<string, number>
  close: () => void
}

/** Starts a receiver that takes its time over each answer. */
export async function startReceiver(milliseconds: number): Promise<Receiver> {
  const arrivals = new Map<string, number>()
  const server = createServer(async (request, response) => {
    const id = String(request.headers['webhook-id'])
    arrivals.set(id, (arrivals.get(id) ?? 0) + 1)
    request.resume()
    await sleep(milliseconds)
    response.writeHead(204).end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('The receiver has no address.')
  return { url: `http://127.0.0.1:${address.port}/`, arrivals, close: () => server.close() }
}
