import { v7 as uuidv7 } from 'uuid'
import { inWorkspace } from '@/db/scope'
import { Refusal } from '@/lib/platform/refusals'
import { withinRequestOf } from '@/lib/platform/request-scope'
import { type ApiKeyPrincipal, authenticateApiKey } from './api-keys/authenticate'
import { apiUrl } from './api-url'
import type { Endpoint, PageAnswer, RequestContext } from './endpoint'
import { refusalAnswer, toErrorResponse } from './error-response'
import { answerOnce } from './idempotency/answer-once'
import { decodePageCursor, encodePageCursor } from './page-cursor'
import { secondsToWait } from './rate-limit'
import { type GivenParameters, parametersReader } from './request-parameters'
import { finishRequest } from './request-record'

/** A request to an endpoint, by whichever door it came. */
export type EndpointRequest = {
  method: string
  /** Its address, or only path and query. */
  url: string
  header: (name: string) => string | undefined
  /** @throws Refusal `payload_too_large`, `invalid_input` for what is not UTF-8 or breaks off */
  readBody: () => Promise<string>
}

/** What is sent back: JSON. */
export type EndpointAnswer = { status: number; headers: Record<string, string>; body: string }

const idempotencyHeader = 'Idempotency-Key'

/** What an endpoint does with a request, from its key to its answer and the line in the log; it never throws. */
export function endpointAnswerer(endpoint: Endpoint): (request: EndpointRequest) => Promise<EndpointAnswer> {
  const readParameters = parametersReader(endpoint.parameters)
  const isRead = endpoint.methods.includes('GET')

  const answerKnown = async (
    request: EndpointRequest,
    requestId: string,
    apiKey: ApiKeyPrincipal,
  ): Promise<{ status: number; body: string }> => {
    const { workspaceId, apiKeyId, name } = apiKey
    const given: GivenParameters = {
      query: queryOf(request.url),
      body: await request.readBody(),
      contentType: request.header('content-type'),
    }
    const parameters = readParameters(given)
    const context: RequestContext = {
      // What only reads changes nothing.
      actor: { workspaceId, kind: 'api_key', id: apiKeyId, name, requestId, ...(!isRead && { changeId: uuidv7() }) },
      get apiUrl() {
        return apiUrl()
      },
    }
    const answer = async () => JSON.stringify(await answerTo(endpoint, context, parameters))

    const idempotencyKey = request.header(idempotencyHeader)
    if (idempotencyKey === undefined || isRead) return { status: 200, body: await answer() }
    const asked = {
      workspaceId,
      apiKeyId,
      idempotencyKey,
      path: endpoint.path,
      parameters,
      tellsSecret: endpoint.tellsSecret,
    }
    return answerOnce(asked, async () => {
      try {
        return { status: 200, body: await answer() }
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        const { status, body } = toErrorResponse(error)
        return { status, body: JSON.stringify(body) }
      }
    })
  }

  return (request) =>
    withinRequestOf(request.header, async (requestId) => {
      const begun = performance.now()
      const headers: Record<string, string> = {}
      let apiKey: ApiKeyPrincipal | undefined
      let answer: { status: number; body: string }
      try {
        const known = await authenticate(request, headers)
        apiKey = known
        await limit(known, headers)
        answer = await inWorkspace(known.workspaceId, () => answerKnown(request, requestId, known))
      } catch (error) {
        answer = refusalAnswer(error, headers)
      }
      const { method } = request
      Object.assign(headers, finishRequest({ requestId, method, path: endpoint.path, ...answer, apiKey, begun }))
      return { ...answer, headers }
    })
}

async function authenticate(
  { header }: EndpointRequest,
  answerHeaders: Record<string, string>,
): Promise<ApiKeyPrincipal> {
  const [, presented] = /^Bearer +(\S+)$/i.exec(header('authorization') ?? '') ?? []
  const apiKey = presented ? await authenticateApiKey(presented) : null
  if (apiKey) return apiKey
  answerHeaders['WWW-Authenticate'] = 'Bearer'
  throw new Refusal({
    kind: 'unauthenticated',
    type: 'unauthorized',
    message: presented
      ? 'This API key is not known here, or it was revoked. Make a new one in Settings, under API keys.'
      : 'Send your API key in the header “Authorization: Bearer <API key>”.',
  })
}

async function limit({ apiKeyId }: ApiKeyPrincipal, answerHeaders: Record<string, string>): Promise<void> {
  const wait = await secondsToWait(apiKeyId)
  if (wait === null) return
  answerHeaders['Retry-After'] = String(wait)
  throw new Refusal({
    kind: 'too_many',
    type: 'rate_limit_exceeded',
    message: `This API key has made too many requests. Try again in ${wait} ${wait === 1 ? 'second' : 'seconds'}.`,
  })
}

const noQuery = new URLSearchParams()

function queryOf(url: string): URLSearchParams {
  const start = url.indexOf('?')
  return start === -1 ? noQuery : new URLSearchParams(url.slice(start + 1))
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
