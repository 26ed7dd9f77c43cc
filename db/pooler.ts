import type pg from 'pg'
import { ConfigurationError } from './configuration'

/**
 * Refuses a connection that leads through a pooler, which the database knows by another process number
 * than the client was told. What belongs to one connection (the lock of migrations, notifications, prepared
 * statements) would go wrong there silently.
 *
 * @throws ConfigurationError that says what to set
 */
export async function refusePooler(client: pg.Client, variable: 'DATABASE_URL' | 'DATABASE_OWNER_URL'): Promise<void> {
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
  // Types know nothing of it: https://github.com/brianc/node-postgres/blob/master/packages/pg/lib/client.js
  const { processID } = client as unknown as { processID: number | null }
  if (rows[0]?.pid === processID) return
  if (variable === 'DATABASE_OWNER_URL') {
    throw new ConfigurationError([
      'DATABASE_OWNER_URL leads through a pooler, such as PgBouncer. Set it to the address of the PostgreSQL server itself.',
    ])
  }
  throw new ConfigurationError([
    'DATABASE_DIRECT_URL is missing: DATABASE_URL leads through a pooler, such as PgBouncer. Set it to the address of the PostgreSQL server itself.',
  ])
}
