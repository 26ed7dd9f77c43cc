/* Requests to the HTTP API within the process, for integration tests, and what every answer must be. */
import { expect } from 'vitest'
import { createApiKey } from '@/lib/http-api/api-keys/commands'
import type { Method } from '@/lib/http-api/endpoint'
import type { Actor } from '@/lib/platform/actor'

/** Makes an API key in an admin's workspace and gives its whole text. */
export async function addApiKey(admin: Actor): Promise<string> {
  const { secret } = await createApiKey(admin, { name: 'Resident app' })
  return secret
}

export type ApiRequest = {
  apiKey?: string
  method?: Method
  /** Sent as JSON; text is sent as it is. */
  body?: unknown
  headers?: Record<string, string>
}

/** A request to an endpoint, such as `/user_identities/get?…`. */
export function apiRequest(path: string, { apiKey, method = 'POST', body, headers }: ApiRequest): Request {
  const isRaw = typeof body === 'string' || body instanceof Uint8Array || body instanceof ReadableStream
  return new Request(`http://localhost/api${path}`, {
    method,
    headers: {
      ...(apiKey !== undefined && { authorization: `Bearer ${apiKey}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    body: isRaw ? (body as BodyInit) : body === undefined ? undefined : JSON.stringify(body),
    ...(body instanceof ReadableStream && { duplex: 'half' }),
  })
}

/** An answer of the API; its parts are there according to its status. */
export type ApiAnswer = {
  status: number
  text: string
  headers: Headers
  body: {
    ok: boolean
    error?: { type: string; message: string; data?: Record<string, string>; validation_errors?: { _errors: string[] } }
    [key: string]: unknown
  }
}

/** Reads an answer and holds it to the form that the contract gives to all of them. */
export async function readAnswer(response: Response): Promise<ApiAnswer> {
  const text = await response.text()
  const { status, headers } = response
  const seen = `${status} ${text.slice(0, 500)}`
  expect(status, seen).toBeLessThan(500)
  expect(headers.get('seam-request-id'), seen).toMatch(
    /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/,
  )
  expect(headers.get('content-type'), seen).toMatch(/^application\/json/)
  const body = JSON.parse(text)
  if (status === 200) {
    expect(body, seen).toMatchObject({ ok: true })
    expect(body, seen).not.toHaveProperty('error')
    return { status, text, headers, body }
  }
  expect(Object.keys(body).sort(), seen).toEqual(['error', 'ok'])
  expect(body.ok).toBe(false)
  expect(body.error.type, seen).toMatch(/^[a-z_]+$/)
  expect(body.error.message, seen).toMatch(/^[\s\S]+[.!?]$/)
  expect(text, seen).not.toMatch(/ {4}at |node_modules|Failed query|\.ts:\d/)
  if (status === 400 && body.error.validation_errors !== undefined) {
    expect(body.error.validation_errors._errors, seen).toBeInstanceOf(Array)
  }
  return { status, text, headers, body }
}
