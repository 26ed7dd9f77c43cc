import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import next from 'next'
import { offerStandstills } from './db/backup/standstill-server'
import { closeDatabase, type Database, type DatabaseSetUp, database, databaseSetUp } from './db/client'
import { databaseConfiguration } from './db/configuration'
import { keepNewFilesPrivate } from './db/private-files'
import { ensureDemoWorkspace } from './lib/accounts/workspaces/demo-workspace'
import { startJobRunner } from './lib/background/jobs/runner'
import { startMailDispatcher } from './lib/background/mail/dispatcher'
import { apiListener } from './lib/http-api/node-listener'
import { startWebhookDispatcher } from './lib/http-api/webhooks/dispatcher'
import { importJobHandlers } from './lib/imports/job-handlers'
import { checkConfiguration, outgoingRules, serverConfiguration } from './lib/platform/configuration'
import { checkSecrets } from './lib/platform/encryption/commands'
import { startEncryptingAnew } from './lib/platform/encryption/loop'
import { logger } from './lib/platform/logger'
import { mailSettings } from './lib/platform/mail-settings'
import { tellFaultOfClient } from './lib/platform/operations/client-fault'
import { logConsole } from './lib/platform/operations/console-log'
import { beginStopping } from './lib/platform/operations/lifecycle'
import { observePage } from './lib/platform/operations/observe-page'
import { dropClaims, refuseRequest, withoutServer } from './lib/platform/operations/page-gate'
import { readPageRoutes } from './lib/platform/operations/page-routes'
import { stopServer } from './lib/platform/operations/stop-server'
import { traceRequest } from './lib/platform/operations/trace-request'
import { readingYourWrites } from './lib/platform/read-your-writes'
import { requestIdHeader, toRequestId, withinRequest } from './lib/platform/request-scope'
import { rollingUpdateSeconds } from './lib/platform/rolling-update'
import { apiHeaders, contentSecurityPolicy, securityHeaders } from './lib/platform/security-headers'
import { startTracing } from './lib/platform/tracing'
import { whenParentEnds } from './scripts/parent-process.mjs'

/*
 * The server's entry, for production and, with --dev, for development. The database is opened and
 * migrated before the first request is taken, and closed after the last one is answered.
 */

const { values: options } = parseArgs({ options: { dev: { type: 'boolean', default: false } } })
/** Answered by the API itself, before Next: that is several times as fast as inside one of its route handlers. */
const apiPath = '/api/'
const policyHeader = 'content-security-policy'
/** Headers are sent at once by all who mean well; a file may take its time. */
const headersMilliseconds = 20_000
/** After the last request: webhooks that are being delivered, a job's step, the database's files. */
const whatIsLeftMilliseconds = 15_000

const serving: Record<DatabaseSetUp, string | null> = {
  embedded: null,
  'one role': 'One database role owns the tables and serves: row-level security does not bind it (docs/security.md).',
  'two roles': 'The database role that serves does not own the tables: it sees one workspace at a time.',
}

const environment = process.env as Record<string, string>
environment.NODE_ENV = options.dev ? 'development' : 'production'

// Whoever read the output may be gone, such as a closed terminal: nothing can be told then, but the
// server goes on, and stops cleanly. Unhandled, each failed line would be reported by another.
for (const output of [process.stdout, process.stderr]) output.on('error', () => undefined)

async function start(): Promise<void> {
  keepNewFilesPrivate()
  checkConfiguration()
  const {
    port,
    hostname,
    baseUrl,
    demo,
    trustProxy,
    requestTimeoutSeconds,
    shutdownDelaySeconds,
    shutdownGraceSeconds,
  } = serverConfiguration()
  const secure = baseUrl.startsWith('https:')
  const gate = { baseUrl, trustProxy }
  const headersOfAll = Object.entries(securityHeaders({ secure }))
  const headersOfApi = Object.entries(apiHeaders)
  const tracing = await startTracing()
  const connection = await database()
  await checkSecrets()
  const whoServes = serving[await databaseSetUp()]
  if (whoServes) console.log(whoServes)
  const endStandstills = await offerBackups(connection)
  if (demo) {
    const { created } = await ensureDemoWorkspace()
    if (created) console.log('The demo workspace has been filled.')
  }

  const app = next({ dev: options.dev, hostname, port })
  await app.prepare()
  const handle = app.getRequestHandler()
  const answerApi = apiListener()

  // In development the routes are found as they are asked for.
  const pageRoutes = options.dev ? () => null : readPageRoutes('.next/routes-manifest.json')

  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    // What a client may claim about itself ends here.
    dropClaims(request, gate)
    request.url = withoutServer(request.url ?? '/')
    for (const [name, value] of headersOfAll) response.setHeader(name, value)
    // It would repeat what was asked, cookies included.
    if (request.method === 'TRACE') {
      response.writeHead(405, { Allow: 'GET, HEAD, POST' }).end()
      return
    }
    if (request.url?.startsWith(apiPath)) {
      for (const [name, value] of headersOfApi) response.setHeader(name, value)
      answerApi(request, response)
      return
    }
    observePage(request, response, pageRoutes)
    const refused = refuseRequest(request, gate)
    if (refused) {
      response.writeHead(refused.status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(refused.message)
      // A client that is still sending reads the answer once it is done.
      request.resume()
      return
    }
    if (request.method === 'POST') tellFaultOfClient(response)
    const nonce = randomBytes(16).toString('base64')
    const policy = contentSecurityPolicy({ nonce, secure, development: options.dev })
    // From here Next takes the nonce that its scripts carry; whatever a client sends for it ends here.
    request.headers[policyHeader] = policy
    response.setHeader(policyHeader, policy)
    request.headers['x-keyholder-path'] = withoutRouterParameter(request.url ?? '/')
    readingYourWrites(request, response, { secure }, () => void handle(request, response))
  }
  const requestMilliseconds = requestTimeoutSeconds * 1000
  const timeouts = {
    requestTimeout: requestMilliseconds,
    headersTimeout: Math.min(requestMilliseconds, headersMilliseconds),
    connectionsCheckingInterval: 1000,
  }
  const server = createServer(timeouts, (request, response) => {
    const requestId = toRequestId(request.headers['x-request-id'])
    response.setHeader(requestIdHeader, requestId)
    withinRequest(requestId, () => {
      if (tracing) traceRequest(request, response, requestId, () => answer(request, response))
      else answer(request, response)
    })
  })
  server.keepAliveTimeout = 65_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, hostname, resolve)
  })
  const address = server.address()
  const listeningPort = typeof address === 'object' && address ? address.port : port
  console.log(`Keyholder is ready on http://${hostname}:${listeningPort}`)
  if (!options.dev) logConsole()
  const webhookDispatcher = startWebhookDispatcher(outgoingRules())

  const jobRunner = startJobRunner(importJobHandlers)
  const encryptingAnew = startEncryptingAnew()
  const smtp = mailSettings()
  const mailDispatcher = smtp && startMailDispatcher(smtp)

  setTimeout(hashKeptCodes, rollingUpdateSeconds * 1000).unref()

  let stopping = false
  const stop = async () => {
    if (stopping) return
    stopping = true
    beginStopping()
    console.log('Stopping: finishing what is under way, then closing the database.')
    await sleep(shutdownDelaySeconds * 1000)
    // A statement that never ends shall not keep the process: nothing of it is committed.
    setTimeout(
      () => {
        logger().error('What was under way did not end in time and is broken off')
        process.exit(1)
      },
      shutdownGraceSeconds * 1000 + whatIsLeftMilliseconds,
    )
    const [isWhole] = await Promise.all([
      stopServer(server, shutdownGraceSeconds * 1000),
      jobRunner.stop(),
      encryptingAnew.stop(),
      webhookDispatcher.stop(),
      mailDispatcher?.stop(),
    ])
    if (!isWhole) logger().warn('Requests that did not end in time were cut off')
    await app.close()
    await endStandstills()
    await closeDatabase()
    await tracing?.stop()
    process.exit(0)
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  if (process.env.npm_lifecycle_event) whenParentEnds(stop)
}

/** Hashes what older versions kept less well; loaded then, so that no start waits for it. */
async function hashKeptCodes(): Promise<void> {
  try {
    const { hashKeptRecoveryCodes } = await import('./lib/accounts/two-factor/hash-kept-codes')
    await hashKeptRecoveryCodes()
  } catch (error) {
    logger().error({ error }, 'Recovery codes could not be hashed')
  }
}

/** Lets backups be made of the embedded database while it is in use. @returns what ends it */
async function offerBackups(connection: Database): Promise<() => Promise<void>> {
  const { url, folder } = databaseConfiguration()
  const nothing = async () => undefined
  if (url || folder === 'memory://') return nothing
  return offerStandstills(folder, connection).catch((error: Error) => {
    logger().warn({ error }, 'Backups cannot be made while the server runs: the data folder takes no socket')
    return nothing
  })
}

/** An address as people see it: Next's router adds `_rsc` to those it asks for by itself. */
function withoutRouterParameter(address: string): string {
  const [path = '/', query] = address.split('?', 2)
  if (!query?.includes('_rsc=')) return address
  const parameters = new URLSearchParams(query)
  parameters.delete('_rsc')
  return parameters.size > 0 ? `${path}?${parameters}` : path
}

start().catch(async (error) => {
  console.error(error instanceof Error ? error.message : error)
  if (options.dev) console.error(error)
  await closeDatabase().catch(() => undefined)
  process.exit(1)
})
