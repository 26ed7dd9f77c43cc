import { describe, expect, test } from 'vitest'
import { eventTypes } from '@/lib/history/events/event'
import { newWebhookSchema, retryDelay } from './webhook'

const url = 'https://example.com/webhooks'
const problem = (input: unknown) => newWebhookSchema.safeParse(input).error?.issues[0]?.message

describe('a new webhook', () => {
  test('is told of everything unless its types are named', () => {
    expect(newWebhookSchema.parse({ url: ` ${url} ` })).toEqual({ url, event_types: ['*'] })
  })

  test('may name every type of this version and those of Seam, each once', () => {
    const types = [...eventTypes, 'acs_system.connected', 'device.third_party_integration_detected']
    expect(newWebhookSchema.parse({ url, event_types: [...types, ...types] }).event_types).toEqual(types)
  })

  test.each([
    ['example.com', /^Enter an address/],
    ['ftp://example.com', /^Enter an address/],
    ['javascript:alert(1)', /^Enter an address/],
    ['https://exa mple.com', /^Enter an address/],
    ['https://', /^Enter an address/],
    ['https://user@example.com', /user name or password/],
    ['https://:secret@example.com', /user name or password/],
    [`https://example.com/${'x'.repeat(2000)}`, /at most 2000/],
    ['https://example.com/\nx', /control characters/],
    [undefined, /must be text/],
  ])('at %s is refused', (given, message) => {
    expect(problem({ url: given })).toMatch(message)
  })

  test.each([
    [[], /at least one/],
    [['created'], /looks like/],
    [['acs_user.*'], /looks like/],
    [['Acs_user.created'], /looks like/],
    [[7], /must be text/],
    ['*', /must be a list/],
    [Array.from({ length: 101 }, () => '*'), /at most 100/],
  ])('for the events %j is refused', (event_types, message) => {
    expect(problem({ url, event_types })).toMatch(message)
  })
})

describe('after a failed attempt', () => {
  test('it is tried again ever later, and given up after the ninth', () => {
    const seconds = Array.from({ length: 9 }, (_, index) => {
      const delay = retryDelay(index + 1, 0)
      return delay === null ? null : delay / 1000
    })
    expect(seconds).toEqual([5, 30, 300, 1800, 7200, 18_000, 36_000, 36_000, null])
  })

  test('up to a tenth later than that, by chance', () => {
    expect(retryDelay(1, 0.999_999)).toBe(5500)
    expect(retryDelay(8, 0.5)).toBe(37_800_000)
    for (let repetition = 0; repetition < 100; repetition++) {
      expect(retryDelay(2)).toBeGreaterThanOrEqual(30_000)
      expect(retryDelay(2)).toBeLessThanOrEqual(33_000)
    }
  })
})
