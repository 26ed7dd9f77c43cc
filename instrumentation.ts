import type { Instrumentation } from 'next'
import { logger } from '@/lib/platform/logger'
import { faultOfClient } from '@/lib/platform/operations/client-fault'
import { markLogged } from '@/lib/platform/operations/logged-errors'

/** Logs what Next answers with its error page, without what somebody typed. */
export const onRequestError: Instrumentation.onRequestError = (error, { method }, { routePath, routeType }) => {
  markLogged(error)
  const line = { error, route: routePath, kind: routeType }
  if (method === 'POST' && faultOfClient(error) !== undefined)
    logger().warn(line, 'An action cannot read what it was sent')
  else logger().error(line, 'A page failed')
}
