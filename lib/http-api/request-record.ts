import { logger } from '@/lib/platform/logger'
import { observeRequest } from '@/lib/platform/operations/metrics'
import { nameRequestSpan } from '@/lib/platform/operations/trace-request'
import { requestIdHeader } from '@/lib/platform/request-scope'
import type { ApiKeyPrincipal } from './api-keys/authenticate'

/** Headers of every answer: browsers anywhere may read it, with those of its headers that say something. */
const headersOfAll = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': `seam-request-id,${requestIdHeader},Retry-After`,
}

/** A request that was answered. */
type AnsweredRequest = {
  requestId: string
  method: string
  /** The pattern of its path; null for an unknown one, of which nothing is told: it may be anything, also somebody's name. */
  path: string | null
  status: number
  apiKey?: ApiKeyPrincipal | undefined
  /** When it came, by `performance.now()`. */
  begun: number
}

/** Counts and logs a request that was answered, and gives the headers that all answers have. */
export function finishRequest({
  requestId,
  method,
  path,
  status,
  apiKey,
  begun,
}: AnsweredRequest): Record<string, string> {
  const milliseconds = performance.now() - begun
  nameRequestSpan(method, path && `/api${path}`)
  observeRequest({ kind: 'api', route: path, method, status, seconds: milliseconds / 1000 })
  logger().info(
    {
      ...{ request_id: requestId, method, path, status },
      duration_ms: Math.round(milliseconds),
      workspace_id: apiKey?.workspaceId,
      api_key_id: apiKey?.apiKeyId,
    },
    'API request',
  )
  return { ...headersOfAll, 'seam-request-id': requestId }
}
