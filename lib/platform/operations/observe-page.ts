import type { IncomingMessage, ServerResponse } from 'node:http'
import { logger } from '../logger'
import { currentRequestId } from '../request-scope'
import { type ObservedRequest, observeRequest } from './metrics'
import type { PageRoutes } from './page-routes'
import { nameRequestSpan } from './trace-request'

/** Counts and logs a request that Next answers, once it is over. */
export function observePage(request: IncomingMessage, response: ServerResponse, pageRoutes: PageRoutes): void {
  const begun = performance.now()
  const method = request.method ?? 'GET'
  const { kind, route } = classify(method, request.url ?? '/', pageRoutes)
  nameRequestSpan(method, route)
  // Whoever closes the connection may do so outside of the request.
  const requestId = currentRequestId()
  response.once('close', () => {
    const milliseconds = performance.now() - begun
    const status = response.statusCode
    observeRequest({ kind, route, method, status, seconds: milliseconds / 1000 })
    const line = {
      ...{ request_id: requestId, kind, method, route, status, duration_ms: Math.round(milliseconds) },
      ...(!response.writableFinished && { was_cut_off: true }),
    }
    // An asset is a file; who wants to know of each may.
    if (kind === 'asset') logger().debug(line, 'Request')
    else logger().info(line, 'Request')
  })
}

/** What a request to Next is; of its address only the pattern is kept, for the rest may tell of people. */
export function classify(
  method: string,
  address: string,
  pageRoutes: PageRoutes,
): Pick<ObservedRequest, 'kind' | 'route'> {
  const [path = '/'] = address.split('?', 1)
  if (path.startsWith('/_next/')) return { kind: 'asset', route: '/_next/*' }
  const route = pageRoutes(path)
  if (path.startsWith('/data/')) return { kind: 'data', route }
  return { kind: method === 'POST' ? 'action' : 'page', route }
}
