/*
 * What the API is compared with: a bare node:http server that runs the same statements by the driver alone
 * and serialises the same JSON. Told by its first argument where the recorded requests are; it knows no key,
 * checks nothing and logs nothing.
 */
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import pg from 'pg'
import { databaseConfiguration } from '@/db/configuration'
import { openEmbeddedFiles } from '@/db/embedded'
import type { ServedRequest } from './served-requests'
import { type Driver, embeddedDriver, poolDriver, replaceAll, replay } from './statements'
import { renewal } from './writes'

const requests = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as ServedRequest[]

async function openDriver(): Promise<Driver> {
  const { url, folder, poolSize } = databaseConfiguration()
  if (url) return poolDriver(new pg.Pool({ connectionString: url, max: poolSize }))
  return embeddedDriver((await openEmbeddedFiles(folder)).client)
}

const driver = await openDriver()
const server = createServer((request, response) => {
  const served = requests.find(({ path }) => request.url === `/api${path}`)
  let body = ''
  request.setEncoding('utf8')
  request.on('data', (part: string) => {
    body += part
  })
  request.on('end', async () => {
    if (!served) {
      response.writeHead(404).end()
      return
    }
    try {
      const given = partsOf(served, body)
      const replacements = given.length > 0 ? renewal(served.steps, served.constant, given) : undefined
      await replay(driver, served.steps, replacements)
      const answer = JSON.stringify(served.answer)
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(replacements ? replaceAll(answer, replacements) : answer)
    } catch (error) {
      console.error(error)
      response.writeHead(500).end()
    }
  })
})
server.listen(Number(process.env.PORT), '127.0.0.1')

/** What the request asks for instead of what was recorded. */
function partsOf({ parts }: ServedRequest, body: string): [string, string][] {
  if (parts.kind === 'none') return []
  const parameters = JSON.parse(body) as Record<string, string>
  if (parts.kind === 'mark') return [[parts.mark, parameters.user_identity_key?.replace('bench-', '') ?? '']]
  return [
    [parts.pair.userIdentityId, parameters.user_identity_id ?? ''],
    [parts.pair.acsUserId, parameters.acs_user_id ?? ''],
  ]
}
