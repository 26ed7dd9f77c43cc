import { logger } from '@/lib/platform/logger'
import { httpStatus, type RefusalKind } from '@/lib/platform/refusals'
import { refusalOf, retryAfterSeconds } from '@/lib/platform/unavailable'

/** The contract's form of a refusal. */
export type ErrorBody = {
  error: {
    type: string
    message: string
    data?: Record<string, string>
    validation_errors?: ValidationErrors
  }
  ok: false
}

type ValidationErrors = { _errors: string[]; [parameter: string]: ValidationErrors | string[] }

/** Whatever went wrong, as status and body; what nobody foresaw tells nothing about our insides. */
export function toErrorResponse(error: unknown): { status: (typeof httpStatus)[RefusalKind]; body: ErrorBody } {
  const refusal = refusalOf(error)
  if (!refusal) {
    const message = 'Something went wrong on our side. Try again in a moment; if it stays, tell us the seam-request-id.'
    return { status: 500, body: { error: { type: 'internal_error', message }, ok: false } }
  }
  const { kind, type, message, data, fields } = refusal
  return {
    status: httpStatus[kind],
    body: {
      error: {
        type,
        message,
        ...(data && { data }),
        ...(kind === 'invalid_input' && fields && { validation_errors: toValidationErrors(fields) }),
      },
      ok: false,
    },
  }
}

/** Whatever went wrong, as it is sent; what is our own fault is logged. Adds to `headers` when to try again. */
export function refusalAnswer(error: unknown, headers: Record<string, string>): { status: number; body: string } {
  const { status, body } = toErrorResponse(error)
  if (status >= 500) logger().error({ error }, 'API request failed')
  if (status === 503) headers['Retry-After'] = String(retryAfterSeconds)
  return { status, body: JSON.stringify(body) }
}

/** `{ 'access_schedule.ends_at': ['…'] }` as a tree; what is wrong with no single field stands at the root. */
function toValidationErrors(fields: Record<string, string[]>): ValidationErrors {
  const root: ValidationErrors = { _errors: [] }
  for (const [field, messages] of Object.entries(fields)) {
    let node = root
    for (const part of field === 'form' ? [] : field.split('.')) {
      // A parameter of this name would stand where our own messages do.
      if (part === '_errors') break
      const next = Object.hasOwn(node, part) ? (node[part] as ValidationErrors) : { _errors: [] }
      // Not by assignment: a parameter may be called __proto__.
      Object.defineProperty(node, part, { value: next, enumerable: true, configurable: true, writable: true })
      node = next
    }
    node._errors.push(...messages)
  }
  return root
}
