import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { logger } from '../logger'
import { expectClientFault, withinRequest } from '../request-scope'
import { faultOfClient, tellFaultOfClient } from './client-fault'
import { logConsole } from './console-log'
import { markLogged } from './logged-errors'

const { error: printError, warn: printWarning } = console
const lines: unknown[][] = []

beforeEach(() => {
  lines.length = 0
  for (const level of ['error', 'warn'] as const) {
    vi.spyOn(logger(), level).mockImplementation((...line: unknown[]) => void lines.push([level, ...line]))
  }
  logConsole()
})
afterEach(() => {
  console.error = printError
  console.warn = printWarning
  vi.restoreAllMocks()
})

/** As Next's own code fails, from which no function of ours was called yet. */
function readingError(message: string): Error {
  const error = new Error(message)
  error.stack = `Error: ${message}\n    at a (/app/node_modules/next/dist/compiled/next-server/app-page.js:1:2)\n    at b (/app/.next/server/x.js:1:1)`
  return error
}

const ourError = () => {
  const error = new Error('ours')
  error.stack =
    'Error: ours\n    at c (/app/.next/server/chunks/x.js:1:1)\n    at a (/app/node_modules/next/dist/compiled/next-server/app-page.js:1:2)'
  return error
}

test('what a library prints is one line of the log', async () => {
  console.warn('⚠', 'x'.repeat(300))
  console.error('⨯', ourError())
  await vi.waitFor(() => expect(lines).toHaveLength(2))
  expect(lines).toEqual([
    ['warn', { text: `⚠ ${'x'.repeat(198)}` }, 'A library reports'],
    ['error', { text: '⨯', error: expect.any(Error) }, 'A library reports'],
  ])
})

test('an error that is reported by itself is told once', async () => {
  const error = ourError()
  console.error('⨯', error)
  markLogged(error)
  await sleep(200)
  expect(lines).toEqual([])
})

test.each([
  ['cannot be read', readingError('Connection closed.'), 400],
  ['is too large', Object.assign(readingError('Body exceeded'), { statusCode: 413 }), 413],
  ['is no JSON', new SyntaxError('Unexpected token'), 400],
  ['is of another kind', new TypeError('form.get is not a function'), 400],
  ['met a failure of ours', ourError(), undefined],
  ['could not be sent on', new TypeError('fetch failed', { cause: new Error('ECONNREFUSED') }), undefined],
  ['made something throw no error', 'text', undefined],
])('an action whose body %s', async (_what, error, status) => {
  expect(faultOfClient(error)).toBe(status)
  const fault = withinRequest('an-id', () => {
    const tell = expectClientFault()
    console.error('⨯', error)
    return tell()
  })
  expect(fault).toBe(status)
})

test('the answer of an action has the status of its client’s fault; another failure keeps its own', async () => {
  const statuses = []
  for (const printed of [new SyntaxError('Unexpected token'), ourError()]) {
    const server = createServer((_request, response) =>
      withinRequest('an-id', () => {
        tellFaultOfClient(response)
        console.error('⨯', printed)
        response.statusCode = 500
        response.end('text')
      }),
    ).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    statuses.push((await fetch(`http://127.0.0.1:${port}`)).status)
    server.closeAllConnections()
    server.close()
  }
  expect(statuses).toEqual([400, 500])
})

test('a request that is no action is nobody’s fault but ours', () => {
  withinRequest('an-id', () => {
    console.error('⨯', new SyntaxError('Unexpected token'))
    expect(expectClientFault()()).toBeUndefined()
  })
})
