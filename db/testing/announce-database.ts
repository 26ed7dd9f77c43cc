import { databaseConfiguration } from '../configuration'

/** Says once, before the integration tests, which database they run on. */
export default function announceDatabase() {
  const { url } = databaseConfiguration()
  console.log(`Integration tests on ${url ? `PostgreSQL at ${new URL(url).host}` : 'the embedded database'}\n`)
}
