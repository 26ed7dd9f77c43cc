import { securityText } from '@/lib/platform/security-text'

// The configuration is the running server's, not the build's.
export const dynamic = 'force-dynamic'

/** Whom to tell of a vulnerability; no such address where the configuration names nobody. */
export function GET(): Response {
  const text = securityText(new Date())
  if (text === null) return new Response('Not found\n', { status: 404 })
  return new Response(text, { headers: { 'Content-Type': 'text/plain; charset=utf-8' } })
}
