/* Traces, as a collector on loopback receives them. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { context, propagation, trace } from '@opentelemetry/api'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { database } from '@/db/client'
import { users } from '@/db/schema/accounts'
import { startReceiver } from '@/lib/testing/receiver'
import { nameRequestSpan, traceRequest } from './operations/trace-request'
import { startTracing, tracesEndpoint } from './tracing'

type Value = { stringValue?: string; intValue?: number }
type ReceivedSpan = {
  traceId: string
  spanId: string
  parentSpanId?: string
  name: string
  attributes: { key: string; value: Value }[]
  events: unknown[]
  status: { code?: number; message?: string }
}

let collector: Awaited<ReturnType<typeof startReceiver>>
beforeAll(async () => {
  collector = await startReceiver((_received, response) => response.writeHead(200).end('{}'))
  vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', collector.url)
})
afterAll(async () => {
  vi.unstubAllEnvs()
  for (const api of [trace, context, propagation]) api.disable()
  await collector.stop()
})

test('the address of a collector is an address', () => {
  vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', 'localhost:4318')
  expect(() => tracesEndpoint()).toThrow(/OTEL_EXPORTER_OTLP_ENDPOINT must be the address/)
  vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', '')
  expect(tracesEndpoint()).toBeUndefined()
  vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', collector.url)
})

test('a request arrives as a trace, with its statements and without what they are about', async () => {
  const tracing = await startTracing()
  // As at a server's start: its statements are of no request.
  await database()
  const server = createServer((request, response) =>
    traceRequest(request, response, 'the-request-id', async () => {
      nameRequestSpan('GET', '/identities/[id]')
      const connection = await database()
      await connection.select().from(users).where(eq(users.email, 'jane@example.com'))
      // As Next tells of a request, and of an error.
      const span = trace.getTracer('next.js').startSpan('GET /identities?q=jane', {
        attributes: { 'next.span_type': 'BaseServer.handleRequest', 'http.method': 'GET', 'http.target': '/?q=jane' },
      })
      span.recordException(new Error('Jane was not found'))
      span.setStatus({ code: 2, message: 'Jane was not found' })
      span.end()
      response.writeHead(503).end()
    }),
  ).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const traceId = '0af7651916cd43dd8448eb211c80319c'
  const { port } = server.address() as AddressInfo
  await fetch(`http://127.0.0.1:${port}/identities/1?q=jane`, {
    headers: { traceparent: `00-${traceId}-b7ad6b7169203331-01` },
  })
  await new Promise((resolve) => server.close(resolve))
  await tracing?.stop()

  expect(collector.received.map(({ path }) => path)).toContain('/v1/traces')
  const bodies = collector.received.map(({ body }) => JSON.parse(body))
  const spans: ReceivedSpan[] = bodies.flatMap(({ resourceSpans }) =>
    resourceSpans.flatMap(({ scopeSpans }: { scopeSpans: { spans: ReceivedSpan[] }[] }) =>
      scopeSpans.flatMap((scope) => scope.spans),
    ),
  )
  expect(JSON.stringify(bodies[0].resourceSpans[0].resource)).toContain('"keyholder"')
  const named = (name: string) => spans.find((span) => span.name === name)
  const attributesOf = (span: ReceivedSpan | undefined) =>
    Object.fromEntries((span?.attributes ?? []).map(({ key, value }) => [key, Object.values(value)[0]]))
  const ofRequest = named('GET /identities/[id]')
  expect(ofRequest).toMatchObject({ traceId, parentSpanId: 'b7ad6b7169203331', status: { code: 2 } })
  expect(attributesOf(ofRequest)).toEqual({
    'http.request.method': 'GET',
    'http.response.status_code': 503,
    'http.route': '/identities/[id]',
    'keyholder.request_id': 'the-request-id',
  })
  const ofStatement = named('select')
  expect(ofStatement).toMatchObject({ traceId, parentSpanId: ofRequest?.spanId })
  expect(attributesOf(ofStatement)).toMatchObject({
    'db.system.name': 'postgresql',
    'db.query.text': expect.stringMatching(/from "users" where "users"."email" = \$1/),
  })
  expect(named('GET')).toMatchObject({ traceId, parentSpanId: ofRequest?.spanId, events: [] })
  expect(JSON.stringify(bodies)).not.toMatch(/jane/i)
})
