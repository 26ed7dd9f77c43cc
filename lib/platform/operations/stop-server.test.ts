import { once } from 'node:events'
import { Agent, createServer, get, type Server } from 'node:http'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { stopServer } from './stop-server'

let server: Server
let agent: Agent
/** Ends the answers that are under way. */
let answer: () => void
beforeEach(async () => {
  const asked = new Promise<void>((resolve) => {
    answer = resolve
  })
  server = createServer(async (request, response) => {
    if (request.url === '/slow') await asked
    response.end('whole')
  })
  server.keepAliveTimeout = 65_000
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  agent = new Agent({ keepAlive: true })
})
afterEach(() => {
  agent.destroy()
  server.closeAllConnections()
  server.close()
})

async function ask(path: string): Promise<string> {
  const { port } = server.address() as { port: number }
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, path, agent }, async (response) => {
      let text = ''
      for await (const chunk of response) text += chunk
      resolve(text)
    }).once('error', reject)
  })
}

test('a request under way is answered, nobody else is let in, and connections kept alive hold nothing up', async () => {
  const arrived = once(server, 'request')
  const slow = ask('/slow')
  await arrived
  expect(await ask('/')).toBe('whole')
  const stopped = stopServer(server, 20_000)
  expect(server.listening).toBe(false)
  answer()
  expect(await slow).toBe('whole')
  expect(await stopped).toBe(true)
})

test('a request that does not end is cut off when its time is over', async () => {
  const arrived = once(server, 'request')
  const slow = ask('/slow').catch((error) => error)
  await arrived
  expect(await stopServer(server, 50)).toBe(false)
  expect(await slow).toBeInstanceOf(Error)
})

test('a server that does nothing stops at once', async () => {
  expect(await ask('/')).toBe('whole')
  expect(await stopServer(server, 20_000)).toBe(true)
})
