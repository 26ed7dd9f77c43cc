import pg from 'pg'
import { nameWrites } from './name-writes'
import { scopePool, servingPath } from './scoped-pool'

/** How long a statement may wait for a connection. */
const patienceMilliseconds = 5000

/**
 * Connections to PostgreSQL, at most `size` at once. A connection that breaks leaves the pool at once,
 * whoever holds it, and ends nothing but what was asked on it: Drizzle does not give back a connection
 * on which its `begin` fails, and one that breaks while it is held would end the process.
 *
 * @param options `isPooled`: the address is that of a pooler, behind which no connection keeps anything. `isWalled`:
 *   the role sees only what the caller's scope names, see `scope.ts`.
 */
export function createPool(
  url: string,
  size: number,
  { isPooled, isWalled = false }: { isPooled: boolean; isWalled?: boolean },
): pg.Pool {
  const settings = isWalled ? `set jit = off; set search_path = ${servingPath}` : 'set jit = off'
  const pool = new pg.Pool({
    connectionString: url,
    max: size,
    // Statements here read little, by index; where the planner thinks otherwise, compiling one takes longer
    // than answering it. By a statement, as poolers refuse what is asked for while connecting.
    onConnect: async (client) => void (await client.query(settings)),
    // Who waits in vain is told so, and asks again, instead of keeping their request open for good.
    connectionTimeoutMillis: patienceMilliseconds,
    keepAlive: true,
  })
  // One that nobody uses; the next query opens another.
  pool.on('error', (error) => console.error(`A database connection was lost: ${error.message}`))
  const held = new WeakSet<pg.PoolClient>()
  pool.on('acquire', (client) => void held.add(client))
  pool.on('release', (_error, client) => void held.delete(client))
  pool.on('connect', (client) => {
    if (!isPooled) nameWrites(client)
    // Whoever asked is told by their statement, which fails.
    client.on('error', () => undefined)
    client.once('end', () => {
      if (!held.has(client)) return
      client.release(true)
      // Whoever held it may give it back still.
      client.release = () => undefined
    })
  })
  if (isWalled) scopePool(pool, { isPooled })
  return pool
}
