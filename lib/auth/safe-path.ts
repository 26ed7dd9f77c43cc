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
    return address.host === 'keyholder.invalid' ? address.pathname + address.search : '/'
  } catch {
    return '/'
  }
}
