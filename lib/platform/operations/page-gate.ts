import type { IncomingMessage } from 'node:http'

/** What a server is told of itself, and so may hold a request against. */
export type Gate = { baseUrl: string; trustProxy: boolean }

/** Why a request is not passed on to any page. */
export type Refused = { status: 400 | 403 | 411 | 413; message: string }

/** Headers by which proxies tell what they were asked, and by which others claim it. */
const claims = /^(x-forwarded(-.*)?|forwarded|x-real-ip|x-original-.*|x-rewrite-url|x-host|x-action-forwarded)$/
/** As much as Next reads of an action, in bytes. Files go to routes under /data, which measure them as they come in. */
const mostOfAction = 1024 * 1024
const readingMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Makes a request's headers tell only what the server knows by itself or from a proxy that it trusts: the client's
 * address, and the scheme and the host of `BASE_URL`.
 */
export function dropClaims(request: IncomingMessage, { baseUrl, trustProxy }: Gate): void {
  const { headers, socket } = request
  // Of a chain, only the last entry is the proxy's own.
  const proxied = { address: lastOf(headers['x-forwarded-for']), host: lastOf(headers['x-forwarded-host']) }
  for (const name of Object.keys(headers)) if (claims.test(name)) delete headers[name]
  headers['x-forwarded-for'] = (trustProxy && proxied.address) || (socket.remoteAddress ?? '')
  headers['x-forwarded-proto'] = new URL(baseUrl).protocol.slice(0, -1)
  headers['x-forwarded-host'] = (trustProxy && proxied.host) || (headers.host ?? '')
}

/**
 * Refuses what no page can answer well: an address that can't be read, a body that is too large, and a change that
 * another site asks for. Call it after `dropClaims`.
 */
export function refuseRequest(request: IncomingMessage, { baseUrl }: Gate): Refused | null {
  if (!isReadable(request.url ?? '')) return { status: 400, message: 'This address cannot be read.' }
  const { method = '', headers } = request
  const tooMuch = refuseBody(request)
  if (tooMuch) return tooMuch
  if (readingMethods.has(method) || headers.origin === undefined) return null
  const host = hostOf(headers.origin)
  if (host === undefined || ![headers['x-forwarded-host'], hostOf(baseUrl)].includes(host)) {
    return { status: 403, message: 'Another site asked for this. Only pages of this server may.' }
  }
  // Whoever compares once more finds the same.
  headers['x-forwarded-host'] = host
  return null
}

// Next stops in the middle of a large body, and the client then waits for an answer until the connection ends.
function refuseBody({ url = '', headers }: IncomingMessage): Refused | null {
  if (url.startsWith('/data/')) return null
  if (headers['transfer-encoding']) return { status: 411, message: 'Send the Content-Length of the body.' }
  if (Number(headers['content-length'] ?? 0) <= mostOfAction) return null
  return { status: 413, message: 'The body is larger than 1 MiB.' }
}

/** The path and the query of a request's address, also of one that names the server as clients of a proxy do. */
export function withoutServer(address: string): string {
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) return address
  const { pathname, search } = new URL(address)
  return pathname + search
}

function isReadable(address: string): boolean {
  const [path = ''] = address.split('?', 1)
  if (!path.startsWith('/')) return false
  try {
    decodeURIComponent(path)
    return true
  } catch {
    return false
  }
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined
}

function lastOf(header: string | string[] | undefined): string {
  return String(header ?? '')
    .split(',')
    .at(-1)
    ?.trim() as string
}
