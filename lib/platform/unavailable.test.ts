import { DrizzleQueryError } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { notFound } from './refusals'
import { isDatabaseUnavailable, refusalOf } from './unavailable'

const withCode = (code: string, message = 'failed') => Object.assign(new Error(message), { code })

describe('the database cannot be used', () => {
  test.each([
    ['too many connections', withCode('53300')],
    ['a full disk', withCode('53100')],
    ['a server that is being stopped', withCode('57P01')],
    ['a server that is starting', withCode('57P03')],
    ['a pooler without servers', withCode('08P01')],
    ['a port on which nobody listens', withCode('ECONNREFUSED')],
    ['a connection that broke off', withCode('EPIPE')],
    ['a connection that ended', new Error('Connection terminated unexpectedly')],
    ['a pool without connections', new Error('timeout exceeded when trying to connect')],
    ['a name with several addresses', new AggregateError([withCode('ECONNREFUSED')], 'none')],
  ])('%s', (_, error) => {
    expect(isDatabaseUnavailable(error)).toBe(true)
    expect(isDatabaseUnavailable(new DrizzleQueryError('select 1', [], error))).toBe(true)
  })
})

describe('the database can be used', () => {
  test.each([
    ['a unique value that is taken', withCode('23505')],
    ['a deadlock', withCode('40P01')],
    ['a statement that was canceled', withCode('57014')],
    ['a mistake of ours', new TypeError('x is not a function')],
    ['no error at all', 'text'],
  ])('%s', (_, error) => expect(isDatabaseUnavailable(error)).toBe(false))
})

test('who could not be served is told to come again, and nothing of the insides', () => {
  const refusal = refusalOf(new DrizzleQueryError('select secret', ['Jane'], withCode('53300', 'too many clients')))
  expect(refusal?.toValue()).toMatchObject({ kind: 'unavailable', type: 'service_unavailable' })
  expect(refusal?.message).not.toMatch(/secret|Jane|clients/)
})

test('a refusal stands for itself, and what nobody foresaw for none', () => {
  const refusal = notFound('event')
  expect(refusalOf(refusal)).toBe(refusal)
  expect(refusalOf(new TypeError('x is not a function'))).toBeUndefined()
})
