import { serverConfiguration } from '@/lib/platform/configuration'

/** Where the API is, as the configuration says people reach it: nothing that a request claims counts. */
export function apiUrl(): string {
  return `${serverConfiguration().baseUrl}/api`
}
