import { serverConfiguration } from '../configuration'

let configuredUrl: string | null | undefined

/** Where the API is, as people reach it: by the configured address, else by the one that was asked. */
export function apiUrlOf(requestUrl: string): string {
  configuredUrl ??= process.env.BASE_URL ? serverConfiguration().baseUrl : null
  return `${configuredUrl ?? new URL(requestUrl).origin}/api`
}
