/*
 * npm run bench:export -- [rows]: what an export keeps in memory while it goes on, garbage collected first
 * each time, and what the process takes of the machine at most. On the database that DATABASE_URL names,
 * else on an embedded one of its own; the workspace that it fills for this is kept for the next run.
 */
import { fileResponse } from '@/app/file-response'
import { closeDatabase, database } from '@/db/client'
import { identitiesTable } from '@/lib/people/identities/export'
import { readIdentityListParameters } from '@/lib/people/identities/list-parameters'
import { databaseName, inBenchDatabase } from '../bench-database'
import { benchWorkspace } from '../bench-workspace'

const rowCount = Number(process.argv[2] ?? 100_000)
const readings = 10
const collectGarbage = (globalThis as { gc?: () => void }).gc
if (!collectGarbage) throw new Error('Run this by `npm run bench:export`: it needs --expose-gc.')

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`

await inBenchDatabase(async () => {
  await database()
  const workspaceId = await benchWorkspace(rowCount)
  const response = fileResponse(
    {
      name: 'people',
      table: identitiesTable(workspaceId, readIdentityListParameters(new URLSearchParams())),
    },
    'csv',
    () => undefined,
  )
  console.log(`${rowCount.toLocaleString('en')} people, on ${databaseName()}`)
  let [rows, bytes, most] = [-1, 0, 0]
  const kept: number[] = []
  for await (const part of response.body ?? []) {
    bytes += part.byteLength
    for (const byte of part) if (byte === 10) rows++
    most = Math.max(most, process.memoryUsage.rss())
    if (rows < ((kept.length + 1) * rowCount) / readings) continue
    collectGarbage()
    kept.push(process.memoryUsage().heapUsed)
    console.log(
      `after ${rows.toLocaleString('en').padStart(9)} rows  ${megabytes(kept.at(-1) ?? 0).padStart(9)} in use`,
    )
  }
  if (rows !== rowCount) throw new Error(`The file had ${rows} rows of ${rowCount}.`)
  const [first = 0, last = 0] = [kept[0], kept.at(-1)]
  console.log(`${megabytes(bytes)} in all; the process took ${megabytes(most)} at most.`)
  console.log(`At the end ${(last / first).toFixed(2)} times as much was in use as after a tenth of it.`)
  await closeDatabase()
})
