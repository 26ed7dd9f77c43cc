import { once } from 'node:events'
import { createServer } from 'node:http'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { readingYourWrites } from './read-your-writes'

const mayReadReplica = vi.hoisted(() => ({ now: false }))
vi.mock('@/db/client', () => ({
  allowingReplica: (run: () => void) => {
    mayReadReplica.now = true
    run()
    mayReadReplica.now = false
  },
}))

afterEach(() => vi.unstubAllEnvs())

/** Sends a request through it: the cookies that came back, and whether a replica might have been read from. */
async function send(request: RequestInit, secure = false) {
  const server = createServer((incoming, response) => {
    readingYourWrites(incoming, response, { secure }, () => {
      const body = String(mayReadReplica.now)
      // As Next does: what it sets takes the place of what was there.
      response.setHeader('Set-Cookie', 'session=1')
      response.end(body)
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  try {
    const response = await fetch(`http://127.0.0.1:${typeof address === 'object' && address?.port}`, request)
    return { replica: await response.text(), cookies: response.headers.getSetCookie() }
  } finally {
    server.close()
  }
}

describe('with a replica', () => {
  beforeEach(() => {
    vi.stubEnv('DATABASE_URL', 'postgres://primary/keyholder')
    vi.stubEnv('DATABASE_REPLICA_URL', 'postgres://replica/keyholder')
  })

  test('who only looks may be shown what it has', async () => {
    expect(await send({})).toEqual({ replica: 'true', cookies: ['session=1'] })
    expect(await send({ headers: { Cookie: 'keyholder_wrote=0; other_keyholder_wrote=1' } })).toMatchObject({
      replica: 'true',
    })
  })

  test('who may be changing something reads from the primary, then and for a while', async () => {
    const { replica, cookies } = await send({ method: 'POST' })
    expect(replica).toBe('false')
    expect(cookies).toEqual(['session=1', 'keyholder_wrote=1; Path=/; Max-Age=15; HttpOnly; SameSite=Lax'])
    expect(await send({ headers: { Cookie: 'a=b; keyholder_wrote=1' } })).toMatchObject({ replica: 'false' })
  })

  test('over https the cookie is for https only', async () => {
    const { cookies } = await send({ method: 'POST' }, true)
    expect(cookies[1]).toBe('__Host-keyholder_wrote=1; Path=/; Max-Age=15; HttpOnly; SameSite=Lax; Secure')
    const afterwards = { headers: { Cookie: '__Host-keyholder_wrote=1' } }
    expect(await send(afterwards, true)).toMatchObject({ replica: 'false' })
    expect(await send(afterwards, false), 'where it is another').toMatchObject({ replica: 'true' })
  })
})

test('without one nobody is given a cookie', async () => {
  vi.stubEnv('DATABASE_REPLICA_URL', '')
  expect(await send({ method: 'POST' })).toEqual({ replica: 'false', cookies: ['session=1'] })
  expect(await send({})).toMatchObject({ replica: 'false' })
})
