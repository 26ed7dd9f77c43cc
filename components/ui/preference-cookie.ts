import { cookieName } from '@/lib/platform/cookie-name'

/*
 * In a module of its own: of a client module, the server gets references instead of values.
 */

/** The cookie in which the browser tells the server its time zone, from the second page on. */
export const timeZoneCookie = 'time_zone'

const yearSeconds = 31_536_000

/** In the browser: keeps for a year what the next page is made by. */
export function keepPreference(name: string, value: string): void {
  const secure = window.location.protocol === 'https:'
  const attributes = `path=/; max-age=${yearSeconds}; samesite=lax${secure ? '; secure' : ''}`
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox and Safari
  document.cookie = `${cookieName(name, { secure })}=${encodeURIComponent(value)}; ${attributes}`
}
