import { type Database, database, preparedName } from './client'

/**
 * A statement that is asked so often that making its text anew each time would be seen: it is made once for
 * each database that this process has, with `sql.placeholder` for what differs, and PostgreSQL plans it once
 * for each connection.
 *
 * @param name of its own among all statements of the application.
 * @param make gives the query, not yet prepared.
 * @returns what gives the statement to execute, for the database that is the caller's now.
 */
export function preparedStatement<Prepared>(
  name: string,
  make: (database: Database) => { prepare: (name: string) => Prepared },
): () => Promise<Prepared> {
  const known = new WeakMap<Database, Prepared>()
  return async () => {
    const connection = await database()
    const kept = known.get(connection)
    if (kept) return kept
    const prepared = make(connection).prepare(preparedName(name))
    known.set(connection, prepared)
    return prepared
  }
}
