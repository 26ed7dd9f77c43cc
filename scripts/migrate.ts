// npm run db:migrate: brings the database up to date without starting the application.
import { sql } from 'drizzle-orm'
import { closeDatabase, database, databaseSetUp } from '../db/client'
import { databaseConfiguration } from '../db/configuration'

const { url, folder } = databaseConfiguration()
const connection = await database()
const [applied] = await connection.select({ count: sql<number>`count(*)::int` }).from(sql`drizzle.__drizzle_migrations`)
const isServedByAnother = (await databaseSetUp()) === 'two roles'
await closeDatabase()
const place = url ? `on ${new URL(url).host}` : `in ${folder}`
console.log(`The database ${place} is up to date: ${applied?.count} migrations applied.`)
if (isServedByAnother)
  console.log('The role of DATABASE_URL may serve it: it reads and writes rows, and owns no table.')
