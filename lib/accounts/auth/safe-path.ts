/**
 * Where to go after signing in: a path of this site, never another site's address.
 *
 * @param given from the address, so anything.
 */
export function safePath(given: unknown): string {
  if (typeof given !== 'string' || !given.startsWith('/')) return '/'
  try {
    // Browsers read "/\" and "//" as the beginning of another host.
    const address = new URL(given, 'http://keyholder.invalid')
    // A path may come to begin with two slashes: "/x/..//evil.example".
    const path = address.pathname.replace(/^\/+/, '/')
    return address.host === 'keyholder.invalid' ? path + address.search : '/'
  } catch {
    return '/'
  }
}
