import type { IncomingMessage } from 'node:http'
import { OpenAPIHono } from '@hono/zod-openapi'
import type { HonoRequest } from 'hono'
import { cors } from 'hono/cors'
import { methodNotAllowed } from 'hono/method-not-allowed'
import { operationsRoutes } from '@/lib/platform/operations/routes'
import { withinRequestOf } from '@/lib/platform/request-scope'
import { type EndpointRequest, endpointAnswerer } from './answer-endpoint'
import { apiUrl } from './api-url'
import { resources } from './endpoints'
import { refusalAnswer } from './error-response'
import { openApiDocument } from './openapi'
import { readBody } from './request-body'
import { finishRequest } from './request-record'
import { vendorImage, vendorImagePath } from './vendor-image'

/** What the server entry hands over beside the request; absent behind Next's own door. */
type Bindings = { incoming?: IncomingMessage }

type Environment = { Bindings: Bindings; Variables: { path: string } }

/** The whole API: the contract's endpoints, their documentation, and what all of them share. */
export const app = createApp()

function createApp() {
  const hono = new OpenAPIHono<Environment>().basePath('/api')

  // Before all that other requests of the API share: these are neither logged nor limited nor counted …
  hono.route('/', operationsRoutes)
  // … and an endpoint sees to all of that itself.
  for (const endpoint of resources.flatMap(({ endpoints }) => endpoints)) {
    const answer = endpointAnswerer(endpoint)
    hono.on(endpoint.methods, endpoint.path, async (context) => {
      const { status, headers, body } = await answer(toEndpointRequest(context.req, context.env))
      return new Response(body, { status, headers: { ...headers, 'Content-Type': 'application/json' } })
    })
  }
  hono.use((context, next) =>
    withinRequestOf(
      (name) => context.req.header(name),
      async (requestId) => {
        const begun = performance.now()
        await next()
        const path = context.get('path') ?? null
        const { method } = context.req
        const headers = finishRequest({ requestId, method, path, status: context.res.status, begun })
        for (const [name, value] of Object.entries(headers)) context.header(name, value)
      },
    ),
  )
  hono.use(cors({ origin: '*', maxAge: 86_400 }))
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
  hono.onError((error) => {
    const headers: Record<string, string> = {}
    const { status, body } = refusalAnswer(error, headers)
    return new Response(body, { status, headers: { ...headers, 'Content-Type': 'application/json' } })
  })

  hono.get('/openapi.json', (context) => {
    context.set('path', '/openapi.json')
    return context.json(openApiDocument(apiUrl()))
  })
  hono.get(vendorImagePath, (context) => {
    context.set('path', vendorImagePath)
    const image = vendorImage(context.req.param('file') ?? '')
    if (image === null) return context.notFound()
    return context.body(image, 200, { 'Content-Type': 'image/svg+xml', 'Cache-Control': 'public, max-age=86400' })
  })
  return hono
}

/** A GET may carry a body too, which a standard `Request` cannot: there it is read from Node's own request. */
function toEndpointRequest(request: HonoRequest, bindings: Bindings | undefined): EndpointRequest {
  const header = (name: string) => request.header(name)
  return {
    method: request.method,
    url: request.url,
    header,
    readBody: () => readBody(bindings?.incoming ?? request.raw.body, header('content-length')),
  }
}
