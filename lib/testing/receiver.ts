import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What a receiver was sent. */
export type Received = { path: string; headers: IncomingHttpHeaders; body: string }

/**
 * A server on loopback that webhooks are sent to, for tests.
 *
 * @param answer what it does with each request; it answers 204 if nothing else is said.
 */
export async function startReceiver(
  answer: (received: Received, response: ServerResponse) => void = (_received, response) => {
    response.writeHead(204).end()
  },
) {
  const received: Received[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    const one = { path: request.url ?? '', headers: request.headers, body }
    received.push(one)
    answer(one, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    received,
    stop: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(resolve))
    },
  }
}
