import type { IncomingMessage, ServerResponse } from 'node:http'
import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'

const tracer = () => trace.getTracer('keyholder')

/**
 * Answers a request within a span of its own, which belongs to the caller's trace if they have one. Where
 * no traces are collected, that costs nothing.
 */
export function traceRequest(
  request: IncomingMessage,
  response: ServerResponse,
  requestId: string,
  answer: () => void,
): void {
  const method = request.method ?? 'GET'
  const from = propagation.extract(context.active(), request.headers)
  const attributes = { 'http.request.method': method, 'keyholder.request_id': requestId }
  const span = tracer().startSpan(method, { kind: SpanKind.SERVER, attributes }, from)
  response.once('close', () => {
    span.setAttribute('http.response.status_code', response.statusCode)
    if (response.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR })
    span.end()
  })
  context.with(trace.setSpan(from, span), answer)
}

/** Tells the request's span what was asked for, by the pattern of its path: the path itself may tell of people. */
export function nameRequestSpan(method: string, route: string | null): void {
  const span = trace.getActiveSpan()
  if (!span || route === null) return
  span.setAttribute('http.route', route)
  span.updateName(`${method} ${route}`)
}
