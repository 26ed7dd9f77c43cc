import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace-node'

/** What may be told of a span; everything else that Next and libraries add may repeat what somebody typed. */
const told = new Set([
  'http.request.method',
  'http.response.status_code',
  'http.route',
  'keyholder.request_id',
  'db.system.name',
  'db.operation.name',
  'db.query.text',
  'error.type',
  'http.method',
  'http.status_code',
  'next.route',
  'next.rsc',
  'next.span_type',
])

/** Next names it by the address that was asked for. */
const requestOfNext = 'BaseServer.handleRequest'

/** A span without addresses, headers and the messages of errors. */
function withoutPersonalData(span: ReadableSpan): ReadableSpan {
  const attributes = Object.fromEntries(Object.entries(span.attributes).filter(([name]) => told.has(name)))
  const ofNext = attributes['next.span_type']
  const route = attributes['next.route'] ?? ''
  const name = ofNext === requestOfNext ? `${attributes['http.method'] ?? ''} ${route}`.trim() : span.name
  return Object.create(span, {
    attributes: { value: attributes },
    name: { value: ofNext === undefined || ofNext === requestOfNext || route ? name : String(ofNext) },
    // They are errors, with their messages.
    events: { value: [] },
    status: { value: { code: span.status.code } },
  })
}

/** Hands on what another processor may know of spans. */
export function scrubbing(next: SpanProcessor): SpanProcessor {
  return {
    onStart: (span, context) => next.onStart(span, context),
    onEnd: (span) => next.onEnd(withoutPersonalData(span)),
    forceFlush: () => next.forceFlush(),
    shutdown: () => next.shutdown(),
  }
}
