import type { HonoRequest } from 'hono'
import { serverConfiguration } from '../configuration'

let configuredUrl: string | null | undefined

/** Where the API is, as people reach it: by the configured address, else by the one that was asked. */
export function apiUrlOf(request: Pick<HonoRequest, 'url' | 'header'>): string {
  configuredUrl ??= process.env.BASE_URL ? serverConfiguration().baseUrl : null
  if (configuredUrl !== null) return `${configuredUrl}/api`
  // Behind Next's own door the request's address names the server, not what its caller called it.
  const { protocol, host } = new URL(request.url)
  return `${protocol}//${request.header('host') ?? host}/api`
}
