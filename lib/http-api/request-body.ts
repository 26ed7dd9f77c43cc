import type { IncomingMessage } from 'node:http'
import type { HonoRequest } from 'hono'
import { Refusal } from '../errors'

/** The largest body that is read, in bytes. */
const bodyLimit = 1024 * 1024

/** What the server entry hands over beside the request; absent behind Next's own door. */
export type Bindings = { incoming?: IncomingMessage }

/**
 * The body of a request as text. A GET may carry one too, which a standard `Request` cannot: there it
 * is read from Node's own request.
 *
 * @throws Refusal `payload_too_large`, `invalid_input` for what is not UTF-8 or breaks off
 */
export async function readBody(request: HonoRequest, bindings: Bindings | undefined): Promise<string> {
  const declared = Number(request.header('content-length') ?? 0)
  if (declared > bodyLimit) throw tooLarge()
  const source = bindings?.incoming ?? request.raw.body
  if (!source) return ''
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of source as AsyncIterable<Uint8Array>) {
      size += chunk.byteLength
      if (size > bodyLimit) throw tooLarge()
      chunks.push(chunk)
    }
  } catch (error) {
    if (error instanceof Refusal) throw error
    // The client went away or was too slow: nobody hears this, and nothing of ours is broken.
    throw new Refusal({ kind: 'invalid_input', type: 'invalid_input', message: 'The body broke off before its end.' })
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))
  } catch {
    throw new Refusal({ kind: 'invalid_input', type: 'invalid_input', message: 'The body is not valid UTF-8.' })
  }
}

function tooLarge(): Refusal {
  return new Refusal({
    kind: 'too_large',
    type: 'payload_too_large',
    message: 'The body is larger than 1 MiB. Send less at once.',
  })
}
