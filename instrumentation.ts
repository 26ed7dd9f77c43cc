import type { Instrumentation } from 'next'
import { logger } from '@/lib/logger'

/** Logs what Next answers with its error page, without what somebody typed. */
export const onRequestError: Instrumentation.onRequestError = (error, _request, { routePath, routeType }) => {
  logger().error({ error, route: routePath, kind: routeType }, 'A page failed')
}
