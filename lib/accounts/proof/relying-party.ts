import { isIP } from 'node:net'
import { serverConfiguration } from '@/lib/platform/configuration'

/**
 * Whom passkeys are made for: the host of `BASE_URL`, and all of its origin, which browsers compare with the
 * page's; null where that is an IP address, for which browsers make none (WebAuthn, 5.1.2).
 */
export function relyingParty(): { id: string; origin: string } | null {
  const { hostname, origin } = new URL(serverConfiguration().baseUrl)
  return isIP(hostname.replace(/^\[|\]$/g, '')) ? null : { id: hostname, origin }
}
