import { createHash, timingSafeEqual } from 'node:crypto'
import { Hono } from 'hono'
import { metricsToken } from '../configuration'
import { readMetrics } from './metrics'
import { readiness } from './readiness'

const notStored = { 'Cache-Control': 'no-store' }

/**
 * What machines that watch over the server ask: whether it lives, whether it is ready, and its
 * metrics, for which they need `METRICS_TOKEN`. Without that variable there are none.
 */
export const operationsRoutes = new Hono()
  .get('/health/live', (context) => context.json({ ok: true }, 200, notStored))
  .get('/health/ready', async (context) => {
    const state = await readiness()
    if (state.ready) return context.json({ ok: true }, 200, notStored)
    return context.json({ ok: false, reason: state.reason }, 503, notStored)
  })
  .get('/metrics', async (context, next) => {
    const token = metricsToken()
    // As if there were no such address.
    if (token === undefined) return next()
    const [, presented] = /^Bearer +(\S+)$/i.exec(context.req.header('authorization') ?? '') ?? []
    if (presented === undefined || !isSame(presented, token)) {
      return context.text('Send METRICS_TOKEN in the header “Authorization: Bearer <token>”.\n', 401, {
        ...notStored,
        'WWW-Authenticate': 'Bearer',
      })
    }
    const { contentType, text } = await readMetrics()
    return context.body(text, 200, { ...notStored, 'Content-Type': contentType })
  })

/** Whether two secrets are the same, in a time that does not tell how much of them is. */
function isSame(one: string, other: string): boolean {
  const digest = (secret: string) => createHash('sha256').update(secret).digest()
  return timingSafeEqual(digest(one), digest(other))
}
