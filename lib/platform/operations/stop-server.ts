import type { Server } from 'node:http'

/**
 * Takes no more connections, lets requests under way finish, and closes each connection as soon as
 * nothing is under way on it.
 *
 * @param graceMilliseconds how long requests may take; then their connections are cut.
 * @returns whether all finished by themselves.
 */
export async function stopServer(server: Server, graceMilliseconds: number): Promise<boolean> {
  let isWhole = true
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  // A connection that is kept alive would otherwise stay open after its answer, for the next request.
  server.prependListener('request', (_request, response) => response.setHeader('Connection', 'close'))
  const sweep = setInterval(() => server.closeIdleConnections(), 50)
  const grace = setTimeout(() => {
    isWhole = false
    server.closeAllConnections()
  }, graceMilliseconds)
  server.closeIdleConnections()
  await closed
  clearInterval(sweep)
  clearTimeout(grace)
  return isWhole
}
