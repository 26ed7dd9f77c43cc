import { serverConfiguration } from '../configuration'

let configuredUrl: string | null | undefined

/** Where the API is, as people reach it: by the configured address, else by the one that was asked. */
export function apiUrlOf(request: { url: string; header: (name: string) => string | undefined }): string {
  configuredUrl ??= process.env.BASE_URL ? serverConfiguration().baseUrl : null
  if (configuredUrl !== null) return `${configuredUrl}/api`
  // Behind Next's own door the request's address names the server, not what its caller called it; Node's own
  // requests have no more than a path.
  const { protocol, host } = new URL(request.url, 'http://localhost')
  return `${protocol}//${request.header('host') ?? host}/api`
}
