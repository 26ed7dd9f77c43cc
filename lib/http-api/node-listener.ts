import type { IncomingMessage, ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { endpointAnswerer } from './answer-endpoint'
import { app } from './app'
import { resources } from './endpoints'
import { bodyLimit, readDeclaredBody } from './request-body'

const basePath = '/api'

/**
 * The API as a listener of Node's own server. What its clients ask of endpoints all day goes without `Request`,
 * `Response` and streams, which take longer than the rest of a request; whatever is unusual (other addresses
 * and methods, a body of unknown size or one that is too large) is answered by the app as it is.
 */
export function apiListener(): (incoming: IncomingMessage, outgoing: ServerResponse) => void {
  const answerers = new Map(
    resources
      .flatMap(({ endpoints }) => endpoints)
      .map((endpoint) => [
        `${basePath}${endpoint.path}`,
        { methods: new Set<string>(endpoint.methods), answer: endpointAnswerer(endpoint) },
      ]),
  )
  const answerOther = getRequestListener((request, env) => app.fetch(request, env), { overrideGlobalObjects: false })

  return (incoming, outgoing) => {
    const { url = '', method = '', headers } = incoming
    const [path = ''] = url.split('?', 1)
    const known = answerers.get(path)
    if (!known?.methods.has(method) || !hasDeclaredBody(incoming) || !isUsualHost(headers.host)) {
      void answerOther(incoming, outgoing)
      return
    }
    const header = (name: string) => headers[name.toLowerCase()] as string | undefined
    const readBody = () => (headers['content-length'] === undefined ? noBody : readDeclaredBody(incoming))
    void known.answer({ url, method, header, readBody }).then((answer) => {
      outgoing.writeHead(answer.status, {
        ...answer.headers,
        'Content-Type': 'application/json',
        'Content-Length': Buffer.byteLength(answer.body),
      })
      outgoing.end(answer.body)
    })
  }
}

const noBody = Promise.resolve('')

function hasDeclaredBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) <= bodyLimit
}

/** A name or an IP address, with a port or without: anything else is looked at closely, by the app. */
function isUsualHost(host: string | undefined): boolean {
  return host !== undefined && /^(?:[\w.-]+|\[[\da-f:]+\])(?::\d+)?$/i.test(host)
}
