import { OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { cors } from 'hono/cors'
import { methodNotAllowed } from 'hono/method-not-allowed'
import { v7 as uuidv7 } from 'uuid'
import { type ApiKeyPrincipal, authenticateApiKey } from '../api-keys/authenticate'
import { Refusal } from '../errors'
import { answerOnce } from '../idempotent-requests/answer-once'
import { logger } from '../logger'
import { observeRequest } from '../operations/metrics'
import { operationsRoutes } from '../operations/routes'
import { nameRequestSpan } from '../operations/trace-request'
import { currentRequestId, requestIdHeader, toRequestId, withinRequest } from '../request-scope'
import { retryAfterSeconds } from '../unavailable'
import { vendorImage, vendorImagePath } from './acs-systems/vendor-image'
import { apiUrlOf } from './api-url'
import type { Endpoint, PageAnswer, RequestContext } from './endpoint'
import { resources } from './endpoints'
import { toErrorResponse } from './error-response'
import { openApiDocument } from './openapi'
import { decodePageCursor, encodePageCursor } from './page-cursor'
import { secondsToWait } from './rate-limit'
import { type Bindings, readBody } from './request-body'
import { type GivenParameters, parametersReader } from './request-parameters'

type Environment = {
  Bindings: Bindings
  Variables: { requestId: string; path: string; apiKey: ApiKeyPrincipal | undefined }
}

const idempotencyHeader = 'Idempotency-Key'

/** The whole API: the contract's endpoints, their documentation, and what all of them share. */
export const app = createApp()

function createApp() {
  const hono = new OpenAPIHono<Environment>().basePath('/api')

  // Before all that requests of the API share: they are neither logged nor limited nor counted.
  hono.route('/', operationsRoutes)
  hono.use(async (context, next) => {
    const begun = performance.now()
    const requestId = currentRequestId() ?? toRequestId(context.req.header(requestIdHeader))
    context.set('requestId', requestId)
    await withinRequest(requestId, next)
    context.header('seam-request-id', requestId)
    const milliseconds = performance.now() - begun
    // Of an unknown path nothing is told: it may be anything, also somebody's name.
    const path = context.get('path') ?? null
    const { method } = context.req
    const { status } = context.res
    nameRequestSpan(method, path && `/api${path}`)
    observeRequest({ kind: 'api', route: path, method, status, seconds: milliseconds / 1000 })
    logger().info(
      {
        ...{ request_id: requestId, method, path, status },
        duration_ms: Math.round(milliseconds),
        workspace_id: context.get('apiKey')?.workspaceId,
        api_key_id: context.get('apiKey')?.apiKeyId,
      },
      'API request',
    )
  })
  hono.use(cors({ origin: '*', exposeHeaders: ['seam-request-id', requestIdHeader, 'Retry-After'], maxAge: 86_400 }))
  hono.use(
    methodNotAllowed({
      app: hono,
      onMethodNotAllowed: (context, methods) =>
        context.json(
          {
            error: {
              type: 'method_not_allowed',
              message: `This endpoint does not answer ${context.req.method}. Use ${methods.join(' or ')}.`,
            },
            ok: false,
          },
          405,
          { Allow: methods.join(', ') },
        ),
    }),
  )
  hono.notFound((context) =>
    context.json(
      {
        error: { type: 'not_found', message: 'There is no such endpoint. The API reference lists all of them.' },
        ok: false,
      },
      404,
    ),
  )
  hono.onError((error, context) => {
    const { status, body } = toErrorResponse(error)
    if (status >= 500) logger().error({ error }, 'API request failed')
    if (status === 503) context.header('Retry-After', String(retryAfterSeconds))
    return context.json(body, status)
  })

  for (const endpoint of resources.flatMap(({ endpoints }) => endpoints)) {
    hono.on(endpoint.methods, endpoint.path, responder(endpoint))
  }
  hono.get('/openapi.json', (context) => {
    context.set('path', '/openapi.json')
    return context.json(openApiDocument(apiUrlOf(context.req)))
  })
  hono.get(vendorImagePath, (context) => {
    context.set('path', vendorImagePath)
    const image = vendorImage(context.req.param('file') ?? '')
    if (image === null) return context.notFound()
    return context.body(image, 200, { 'Content-Type': 'image/svg+xml', 'Cache-Control': 'public, max-age=86400' })
  })
  return hono
}

/** What an endpoint does with a request, from its key to its answer. */
function responder(endpoint: Endpoint) {
  const readParameters = parametersReader(endpoint.parameters)
  return async (context: Context<Environment>): Promise<Response> => {
    context.set('path', endpoint.path)
    const apiKey = await authenticate(context)
    context.set('apiKey', apiKey)
    const wait = await secondsToWait(apiKey.apiKeyId)
    if (wait !== null) {
      context.header('Retry-After', String(wait))
      throw new Refusal({
        kind: 'too_many',
        type: 'rate_limit_exceeded',
        message: `This API key has made too many requests. Try again in ${wait} ${wait === 1 ? 'second' : 'seconds'}.`,
      })
    }
    const given: GivenParameters = {
      query: new URL(context.req.url).searchParams,
      body: await readBody(context.req, context.env),
      contentType: context.req.header('content-type'),
    }
    const parameters = readParameters(given)
    const { workspaceId, apiKeyId, name } = apiKey
    const requestId = context.get('requestId')
    const requestContext: RequestContext = {
      actor: { workspaceId, kind: 'api_key', id: apiKeyId, name, requestId, changeId: uuidv7() },
      apiUrl: apiUrlOf(context.req),
    }
    const answer = () => answerTo(endpoint, requestContext, parameters)

    const idempotencyKey = context.req.header(idempotencyHeader)
    const isRead = endpoint.methods.includes('GET')
    if (idempotencyKey === undefined || isRead) return context.json(await answer())
    const kept = await answerOnce(
      { workspaceId, apiKeyId, idempotencyKey, path: endpoint.path, parameters },
      async () => {
        try {
          return { status: 200, body: JSON.stringify(await answer()) }
        } catch (error) {
          if (!(error instanceof Refusal)) throw error
          const { status, body } = toErrorResponse(error)
          return { status, body: JSON.stringify(body) }
        }
      },
    )
    return context.body(kept.body, kept.status as 200, { 'Content-Type': 'application/json' })
  }
}

async function authenticate(context: Context<Environment>): Promise<ApiKeyPrincipal> {
  const [, presented] = /^Bearer +(\S+)$/i.exec(context.req.header('authorization') ?? '') ?? []
  const apiKey = presented ? await authenticateApiKey(presented) : null
  if (apiKey) return apiKey
  context.header('WWW-Authenticate', 'Bearer')
  throw new Refusal({
    kind: 'unauthenticated',
    type: 'unauthorized',
    message: presented
      ? 'This API key is not known here, or it was revoked. Make a new one in Settings, under API keys.'
      : 'Send your API key in the header “Authorization: Bearer <API key>”.',
  })
}

/** The body of a success: the answer under its key, and `ok`. */
async function answerTo(
  endpoint: Endpoint,
  context: RequestContext,
  parameters: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  if (!endpoint.isPaged) {
    const answer = await endpoint.run(context, parameters)
    return endpoint.responseKey === null ? { ok: true } : { [endpoint.responseKey]: answer, ok: true }
  }
  const owner = { workspaceId: context.actor.workspaceId, path: endpoint.path, parameters }
  const cursor = parameters.page_cursor as string | null | undefined
  const after = cursor ? decodePageCursor(owner, cursor) : null
  const page = (await endpoint.run(context, { ...parameters, page_cursor: after })) as PageAnswer<unknown>
  const nextCursor = page.lastId === null ? null : encodePageCursor(owner, page.lastId)
  return {
    [endpoint.responseKey ?? 'items']: page.items,
    pagination: {
      has_next_page: nextCursor !== null,
      next_page_cursor: nextCursor,
      next_page_url: nextCursor && nextPageUrl(`${context.apiUrl}${endpoint.path}`, parameters, nextCursor),
    },
    ok: true,
  }
}

function nextPageUrl(url: string, parameters: Record<string, unknown>, cursor: string): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries({ ...parameters, page_cursor: cursor })) {
    if (value === undefined || value === null) continue
    if (!Array.isArray(value)) query.set(name, String(value))
    else if (value.length === 0) query.set(name, '')
    else for (const one of value) query.append(name, String(one))
  }
  return `${url}?${query}`
}
