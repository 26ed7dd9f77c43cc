type Page = {
  /** New for each request, and known to nobody before: only scripts that carry it run. */
  nonce: string
  /** Whether people reach the server by https. */
  secure: boolean
  /** Whether Next's development server answers, whose hot reloading needs more. */
  development: boolean
}

/** What a page may load and do, as `Content-Security-Policy`. Why: docs/decisions/0019-content-security-policy.md. */
export function contentSecurityPolicy({ nonce, secure, development }: Page): string {
  const only = "'self'"
  const directives: Record<string, string[]> = {
    'default-src': ["'none'"],
    // A script that has the nonce may load further ones, as Next's do; 'self' is for browsers that know no nonce.
    'script-src': [only, `'nonce-${nonce}'`, "'strict-dynamic'", ...(development ? ["'unsafe-eval'"] : [])],
    'style-src-elem': [only, ...(development ? ["'unsafe-inline'"] : [`'nonce-${nonce}'`])],
    // The width of a bar and the colour of an avatar come in the page itself.
    'style-src-attr': ["'unsafe-inline'"],
    'img-src': [only, 'data:'],
    'font-src': [only],
    'connect-src': development ? [only, 'ws:'] : [only],
    'manifest-src': [only],
    // As the default is; scanners look for its own word.
    'object-src': ["'none'"],
    'form-action': [only],
    'base-uri': ["'none'"],
    'frame-ancestors': ["'none'"],
    ...(secure && { 'upgrade-insecure-requests': [] }),
  }
  return Object.entries(directives)
    .map(([name, sources]) => [name, ...sources].join(' '))
    .join('; ')
}

/** What every answer says, whatever it holds. */
export function securityHeaders({ secure }: { secure: boolean }): Record<string, string> {
  return {
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    // Without it, forms that are posted by a browser without JavaScript would tell no origin and be refused.
    'Referrer-Policy': 'same-origin',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    ...(secure && { 'Strict-Transport-Security': 'max-age=31536000; includeSubDomains' }),
  }
}

/** What the API's answers may do where a browser shows them as pages: nothing. */
const apiContentSecurityPolicy = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox"

/** What the API's answers say, unless one says otherwise of itself: nobody keeps them. */
export const apiHeaders: Record<string, string> = {
  'Content-Security-Policy': apiContentSecurityPolicy,
  'Cache-Control': 'no-store',
}
