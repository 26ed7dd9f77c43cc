import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { currentRequestId, toRequestId, withinRequest } from './request-scope'

describe('the id of a request', () => {
  test.each(['01890a5d-ac96-774b-bcce-b302099a8057', 'Root=1-67891233-abcdef012345678912345678', 'abcdefgh'])(
    'is the one that a proxy gave: %s',
    (given) => expect(toRequestId(given)).toBe(given),
  )

  test.each([
    undefined,
    '',
    'short',
    'two\nlines-of-log',
    'with spaces',
    '"quoted-id"',
    'é-not-ascii',
    'x'.repeat(129),
  ])('is our own instead of %j', (given) => expect(toRequestId(given)).toMatch(/^[0-9a-f-]{36}$/))

  test('is our own when several were given', () => {
    expect(toRequestId(['abcdefgh', 'abcdefgi'])).toMatch(/^[0-9a-f-]{36}$/)
  })

  test('is known to all that the request does, and to nothing else', async () => {
    const seen = await Promise.all(
      ['request-1', 'request-2'].map((id) =>
        withinRequest(id, async () => {
          await sleep(1)
          return currentRequestId()
        }),
      ),
    )
    expect(seen).toEqual(['request-1', 'request-2'])
    expect(currentRequestId()).toBeUndefined()
  })
})
