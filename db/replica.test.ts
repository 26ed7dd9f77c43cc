import type { Pool } from 'pg'
import { describe, expect, test, vi } from 'vitest'
import { Replica } from './replica'

type Answer = { rows: { position?: number | null; from?: string }[] }

/** A server that answers where its log is, and who it is to all else. */
function pool(name: string, answer: { position: number | null; fails?: boolean }) {
  const query = vi.fn(async (statement: string): Promise<Answer> => {
    if (answer.fails) throw new Error(`${name} is gone`)
    return { rows: [statement.includes('pg_wal_lsn_diff') ? { position: answer.position } : { from: name }] }
  })
  return { query, end: vi.fn(async () => undefined) }
}

function create({ replayed = 100 as number | null } = {}) {
  const states = { primary: { position: 100 }, replica: { position: replayed, fails: false } }
  const primary = pool('primary', states.primary)
  const standby = pool('replica', states.replica)
  const replica = new Replica(primary as unknown as Pool, standby as unknown as Pool)
  const ask = async (statement = 'select 1') => {
    const { rows } = await replica.client.query(statement)
    return rows[0].from
  }
  return { replica, states, primary, ask }
}

test('it is not read from before it was measured, and is from then on', async () => {
  const { replica } = create()
  expect(replica.isFresh()).toBe(false)
  await vi.waitFor(() => expect(replica.isFresh()).toBe(true))
})

test.each([
  ['is behind', 99],
  ['is no replica any more', null],
])('one that %s is not read from', async (_, replayed) => {
  const { replica, primary } = create({ replayed })
  replica.isFresh()
  await vi.waitFor(() => expect(primary.query).toHaveBeenCalled())
  await replica.close()
  expect(replica.isFresh()).toBe(false)
})

describe('a statement', () => {
  test('is answered by the replica', async () => {
    const { ask } = create()
    expect(await ask()).toBe('replica')
  })

  test('that the replica fails at is answered by the primary, which is then asked until it is well', async () => {
    const { replica, states, ask } = create()
    replica.isFresh()
    await vi.waitFor(() => expect(replica.isFresh()).toBe(true))
    states.replica.fails = true
    expect(await ask()).toBe('primary')
    expect(replica.isFresh()).toBe(false)
  })

  test('that both fail at fails', async () => {
    const { replica, states, primary } = create()
    states.replica.fails = true
    primary.query.mockRejectedValueOnce(new Error('syntax error'))
    await expect(replica.client.query('selec 1')).rejects.toThrow('syntax error')
  })
})
