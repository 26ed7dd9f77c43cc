// npm run db:migrate: brings the database up to date without starting the application.
import { sql } from 'drizzle-orm'
import { closeDatabase, database } from '../db/client'
import { databaseConfiguration } from '../db/configuration'

const { url, folder } = databaseConfiguration()
const connection = await database()
const [applied] = await connection.select({ count: sql<number>`count(*)::int` }).from(sql`drizzle.__drizzle_migrations`)
await closeDatabase()
const place = url ? `on ${new URL(url).host}` : `in ${folder}`
console.log(`The database ${place} is up to date: ${applied?.count} migrations applied.`)
