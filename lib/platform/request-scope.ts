import { AsyncLocalStorage } from 'node:async_hooks'
import { v7 as uuidv7 } from 'uuid'
import { withoutWorkspace } from '@/db/scope'

type RequestScope = { requestId: string; clientFault?: number | null }

// Next's bundle and the server entry each load their own copy of this module.
const holder = globalThis as unknown as { [key: symbol]: AsyncLocalStorage<RequestScope> | undefined }
const key = Symbol.for('keyholder.request-scope')
holder[key] ??= new AsyncLocalStorage()
const scope = holder[key]

/** The header by which a proxy names a request, and in which every answer repeats the name. */
export const requestIdHeader = 'X-Request-Id'

/** A request's id as somebody in front gave it, if it can stand in a log and in a header as it is; else one of our own. */
export function toRequestId(given: string | string[] | undefined): string {
  return typeof given === 'string' && /^[A-Za-z0-9][A-Za-z0-9._:/+=-]{7,127}$/.test(given) ? given : uuidv7()
}

/**
 * Runs what belongs to one request: every line that is logged meanwhile carries its id, and no workspace is seen
 * until it is known whose request it is.
 */
export function withinRequest<Result>(requestId: string, handle: () => Result): Result {
  return scope.run({ requestId }, () => withoutWorkspace(handle))
}

/** The id of the request that the caller belongs to, if it belongs to one. */
export function currentRequestId(): string | undefined {
  return scope.getStore()?.requestId
}

/** Has `blameClient` count for the present request. @returns what tells, whoever asks, which status it gave */
export function expectClientFault(): () => number | undefined {
  const request = scope.getStore()
  if (request) request.clientFault = null
  return () => request?.clientFault ?? undefined
}

/** Says with which status to answer the present request, where it is one that can fail by what its client sent. */
export function blameClient(status: number): void {
  const request = scope.getStore()
  if (request?.clientFault !== undefined) request.clientFault = status
}

/**
 * Runs what belongs to one request, within that request's scope: the one that it is in already, or one of its
 * own for which a header may give the id.
 */
export function withinRequestOf<Result>(
  header: (name: string) => string | undefined,
  handle: (requestId: string) => Result,
): Result {
  const known = currentRequestId()
  if (known !== undefined) return handle(known)
  const requestId = toRequestId(header(requestIdHeader))
  return withinRequest(requestId, () => handle(requestId))
}
