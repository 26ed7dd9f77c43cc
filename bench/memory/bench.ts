/*
 * npm run bench:memory [-- requests]: what memory the server takes while it answers many requests, 100,000
 * unless said otherwise, half of them lists. On the database that DATABASE_URL names, else on an embedded one
 * of its own. Needs the production build (`npm run build`).
 */
import { randomBytes } from 'node:crypto'
import autocannon from 'autocannon'
import { closeDatabase } from '@/db/client'
import { databaseName, inBenchDatabase } from '../bench-database'
import { benchWorkspace } from '../bench-workspace'
import { recordRequests } from '../speed/served-requests'
import { startServerProcess } from '../speed/server-process'
import { takeSamples } from '../speed/workspace-samples'

const requestCount = Number(process.argv[2] ?? 100_000)
const readings = 10
const people = 1000
process.env.LOG_LEVEL = 'warn'

await inBenchDatabase(async () => {
  const samples = await takeSamples(await benchWorkspace(people), people)
  const { apiKey, requests } = await recordRequests(samples)
  await closeDatabase()
  const server = await startServerProcess(['server.ts'], 3391, {
    ...{ API_RATE_LIMIT: '0', ACCOUNT_LIMITS: '0', LOG_LEVEL: 'info', AUTH_SECRET: randomBytes(32).toString('hex') },
  })
  try {
    console.log(`${requestCount.toLocaleString('en')} requests, on ${databaseName()}`)
    const taken: number[] = []
    for (let reading = 1; reading <= readings; reading++) {
      for (const request of requests.filter(({ parts }) => parts.kind === 'none')) {
        const result = await autocannon({
          url: `${server.url}/api${request.path}`,
          connections: 10,
          amount: requestCount / readings / 2,
          method: 'POST',
          headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
          body: request.body,
        })
        if (result.non2xx + result.errors > 0) throw new Error(`Requests to ${request.path} failed.`)
      }
      taken.push(server.memoryBytes())
      const answered = ((reading * requestCount) / readings).toLocaleString('en')
      console.log(`after ${answered.padStart(9)} requests  ${((taken.at(-1) ?? 0) / 1e6).toFixed(0).padStart(5)} MB`)
    }
    const half = taken.slice(0, readings / 2)
    const rest = taken.slice(readings / 2)
    console.log(
      `In the second half it took ${(Math.max(...rest) / Math.max(...half)).toFixed(2)} times as much at most as in the first.`,
    )
  } finally {
    await server.stop()
  }
})
