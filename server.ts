import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import { parseArgs } from 'node:util'
import { getRequestListener } from '@hono/node-server'
import next from 'next'
import { closeDatabase, database } from './db/client'
import { authSecret, serverConfiguration, webhooksAllowPrivate } from './lib/configuration'
import { app as httpApi } from './lib/http-api/app'
import { importJobHandlers } from './lib/import/job-handlers'
import { startJobRunner } from './lib/jobs/runner'
import { apiContentSecurityPolicy, contentSecurityPolicy, securityHeaders } from './lib/security-headers'
import { startWebhookDispatcher } from './lib/webhooks/dispatcher'
import { ensureDemoWorkspace } from './lib/workspaces/demo-workspace'
import { whenParentEnds } from './scripts/parent-process.mjs'

/*
 * The server's entry, for production and, with --dev, for development. The database is opened and
 * migrated before the first request is taken, and closed after the last one is answered.
 */

const { values: options } = parseArgs({ options: { dev: { type: 'boolean', default: false } } })
/** Answered by the API itself, before Next: that is several times as fast as inside one of its route handlers. */
const apiPath = '/api/'
const policyHeader = 'content-security-policy'

const environment = process.env as Record<string, string>
environment.NODE_ENV = options.dev ? 'development' : 'production'

// Whoever read the output may be gone, such as a closed terminal: nothing can be told then, but the
// server goes on, and stops cleanly. Unhandled, each failed line would be reported by another.
for (const output of [process.stdout, process.stderr]) output.on('error', () => undefined)

async function start(): Promise<void> {
  const { port, hostname, baseUrl, demo, trustProxy } = serverConfiguration()
  const secure = baseUrl.startsWith('https:')
  const headersOfAll = Object.entries(securityHeaders({ secure }))
  authSecret()
  await database()
  if (demo) {
    const { created } = await ensureDemoWorkspace()
    if (created) console.log('The demo workspace has been filled.')
  }

  const app = next({ dev: options.dev, hostname, port })
  await app.prepare()
  const handle = app.getRequestHandler()
  const handleApi = getRequestListener((request, env) => httpApi.fetch(request, env), { overrideGlobalObjects: false })

  const server = createServer((request, response) => {
    // What a client may claim about itself ends here: of a chain, only the last entry is the proxy's own.
    const forwarded = trustProxy
      ? String(request.headers['x-forwarded-for'] ?? '')
          .split(',')
          .at(-1)
          ?.trim()
      : ''
    request.headers['x-forwarded-for'] = forwarded || (request.socket.remoteAddress ?? '')
    for (const [name, value] of headersOfAll) response.setHeader(name, value)
    if (request.url?.startsWith(apiPath)) {
      response.setHeader(policyHeader, apiContentSecurityPolicy)
      void handleApi(request, response)
      return
    }
    const nonce = randomBytes(16).toString('base64')
    const policy = contentSecurityPolicy({ nonce, secure, development: options.dev })
    // From here Next takes the nonce that its scripts carry; whatever a client sends for it ends here.
    request.headers[policyHeader] = policy
    response.setHeader(policyHeader, policy)
    request.headers['x-keyholder-path'] = withoutRouterParameter(request.url ?? '/')
    void handle(request, response)
  })
  server.keepAliveTimeout = 65_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, hostname, resolve)
  })
  const address = server.address()
  const listeningPort = typeof address === 'object' && address ? address.port : port
  console.log(`Keyholder is ready on http://${hostname}:${listeningPort}`)
  const webhookDispatcher = startWebhookDispatcher({ allowPrivateAddresses: webhooksAllowPrivate() })

  const jobRunner = startJobRunner(importJobHandlers)

  let stopping = false
  const stop = async () => {
    if (stopping) return
    stopping = true
    console.log('Stopping: finishing what is under way, then closing the database.')
    const closed = new Promise((resolve) => server.close(resolve))
    server.closeIdleConnections()
    const grace = setTimeout(() => server.closeAllConnections(), 10_000)
    await closed
    clearTimeout(grace)
    await app.close()
    await jobRunner.stop()
    await webhookDispatcher.stop()
    await closeDatabase()
    process.exit(0)
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  if (process.env.npm_lifecycle_event) whenParentEnds(stop)
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
