import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createPool } from './pool'

const url = process.env.DATABASE_URL ?? ''

describe.skipIf(!url)('a connection that breaks while it is held', () => {
  let pool: pg.Pool
  beforeEach(() => {
    pool = createPool(process.env.DATABASE_URL ?? '', 1, { isPooled: false })
  })
  afterEach(async () => {
    if (!pool.ended) await pool.end()
  })

  async function breakConnection(client: pg.PoolClient) {
    const { rows } = await client.query('select pg_backend_pid() as pid')
    const other = new pg.Client({ connectionString: process.env.DATABASE_URL })
    await other.connect()
    await other.query('select pg_terminate_backend($1)', [rows[0].pid])
    await other.end()
    await vi.waitFor(() => expect(pool.totalCount).toBe(0))
  }

  test('leaves its place to another, and who held it may give it back late', async () => {
    const client = await pool.connect()
    await breakConnection(client)
    expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }])
    await expect(client.query('select 1')).rejects.toThrow()
    client.release()
    expect(pool.totalCount).toBe(1)
  })

  test('does not hold up the end, though nobody gives it back', async () => {
    await breakConnection(await pool.connect())
    await pool.end()
    expect(pool.totalCount).toBe(0)
  })

  test('one that is whole goes back and is used again', async () => {
    const first = await pool.connect()
    first.release()
    const second = await pool.connect()
    expect(second).toBe(first)
    second.release()
    expect([pool.totalCount, pool.idleCount]).toEqual([1, 1])
  })
})
