import { type IncomingHttpHeaders, request } from 'node:http'
import { expect } from '@playwright/test'
import { checkError, checkSuccess } from './contract'

/** What a caller without a library of its own sends. */
export type Call = {
  key?: string
  query?: Record<string, string | string[] | undefined>
  /** Sent as JSON, whatever the method. */
  body?: unknown
  /** Sent as it is, in place of `body`. */
  raw?: string
  /** Sends a body without saying how long it is. */
  chunked?: boolean
  headers?: Record<string, string>
}

export type Answer = { status: number; headers: IncomingHttpHeaders; text: string; body: Record<string, unknown> }

/** Sends one request, and holds whatever comes back to the contract. */
export async function call(apiUrl: string, method: string, path: string, given: Call = {}): Promise<Answer> {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(given.query ?? {})) {
    for (const one of [value ?? []].flat()) query.append(name, one)
  }
  const answer = await send(method, `${apiUrl}${path}${query.size > 0 ? `?${query}` : ''}`, given)
  expect(answer.headers['seam-request-id'], 'seam-request-id').toMatch(/^[0-9a-f-]{36}$/)
  expect(answer.headers['content-type'], 'Content-Type').toMatch(/^application\/json\b/)
  expect(answer.headers['x-powered-by'], 'x-powered-by').toBeUndefined()
  if (answer.status === 200) checkSuccess(method, path, answer.body)
  else checkError(answer.body)
  return answer
}

/** Sends one request with node:http: a GET may have a body there, which fetch refuses to send. */
export function send(method: string, url: string, given: Call): Promise<Answer> {
  const content = given.raw ?? (given.body === undefined ? undefined : JSON.stringify(given.body))
  return new Promise((resolve, reject) => {
    const sent = request(url, {
      method,
      headers: {
        ...(given.key !== undefined && { Authorization: `Bearer ${given.key}` }),
        ...(content !== undefined && {
          'Content-Type': 'application/json',
          ...(!given.chunked && { 'Content-Length': String(Buffer.byteLength(content)) }),
        }),
        ...given.headers,
      },
    })
    sent.on('error', reject)
    sent.on('response', (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString()
        const isJson = /json/.test(response.headers['content-type'] ?? '')
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text,
          body: isJson && text !== '' ? JSON.parse(text) : {},
        })
      })
    })
    if (given.chunked) sent.setHeader('Transfer-Encoding', 'chunked')
    sent.end(content)
  })
}
