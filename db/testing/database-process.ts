/*
 * A process with the database open, for tests of what several processes do to one database:
 *   hold    opens it and stays
 *   write   opens it and adds one workspace after another, telling each once it is committed; lets backups be made
 *   list    opens it, tells every workspace and the number of migrations, and closes it
 */
import { setImmediate } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { offerStandstills } from '../backup/standstill-server'
import { closeDatabase, database } from '../client'
import { databaseConfiguration } from '../configuration'
import { insertInto, rowsOf } from './attempt'

const tell = (line: string) => process.stdout.write(`${line}\n`)

try {
  const connection = await database()
  const mode = process.argv[2]
  if (mode === 'write') await offerStandstills(databaseConfiguration().folder, connection)
  tell('open')
  switch (mode) {
    case 'hold':
      setInterval(() => undefined, 60_000)
      break
    case 'write':
      for (;;) {
        const workspaceId = uuidv7()
        await connection.execute(
          insertInto('workspaces', { workspace_id: workspaceId, slug: workspaceId, name: workspaceId }),
        )
        tell(workspaceId)
        // The embedded database answers before anything else is looked at, which a server's requests do not.
        await setImmediate()
      }
    case 'list': {
      for (const row of await rowsOf(sql`select workspace_id from workspaces`)) tell(String(row.workspace_id))
      const [migrations] = await rowsOf(sql`select count(*)::int as count from drizzle.__drizzle_migrations`)
      tell(`migrations: ${migrations?.count}`)
      await closeDatabase()
    }
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
