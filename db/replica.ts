import type { Pool } from 'pg'
import { ReplicaLag } from './replica-lag'

type Asked = { query: (...parameters: never[]) => Promise<unknown> }

/**
 * A streaming replica, as far as it can be relied on. What it cannot answer (it is gone, a statement was
 * canceled by what it replays, somebody wrote after all) the primary answers, so that its loss is not noticed.
 */
export class Replica {
  readonly #primary: Pool
  readonly #replica: Pool
  readonly #lag = new ReplicaLag()
  #measuring: Promise<void> | undefined

  constructor(primary: Pool, replica: Pool) {
    this.#primary = primary
    this.#replica = replica
  }

  /** What statements are sent to, as Drizzle knows a connection. */
  get client(): Pool {
    const query = async (...parameters: never[]) => {
      try {
        return await (this.#replica as Asked).query(...parameters)
      } catch {
        this.#lag.distrust()
        return (this.#primary as Asked).query(...parameters)
      }
    }
    return { query } as unknown as Pool
  }

  /** Whether it knows all that was committed more than a few seconds ago; measured anew for the next who asks. */
  isFresh(): boolean {
    if (this.#lag.isMeasuredBefore(performance.now())) {
      this.#measuring ??= this.#measure().finally(() => {
        this.#measuring = undefined
      })
    }
    return this.#lag.isFresh(performance.now())
  }

  /** Closes its connections after what is under way. */
  async close(): Promise<void> {
    await this.#measuring
    await this.#replica.end()
  }

  async #measure(): Promise<void> {
    const now = performance.now()
    try {
      const [written, replayed] = await Promise.all([
        this.#primary.query("select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::float8 as position"),
        // Null for what is no replica, or no longer.
        this.#replica.query(
          "select case when pg_is_in_recovery() then pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0')::float8 end as position",
        ),
      ])
      this.#lag.measured(now, written.rows[0].position, replayed.rows[0].position)
    } catch {
      this.#lag.distrust(now)
    }
  }
}
