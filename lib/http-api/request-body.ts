import type { IncomingMessage } from 'node:http'
import { Refusal } from '@/lib/platform/refusals'

/** The largest body that is read, in bytes. */
export const bodyLimit = 1024 * 1024

/**
 * A body as text.
 *
 * @param declaredBytes what its header says of its size, if anything.
 * @throws Refusal `payload_too_large`, `invalid_input` for what is not UTF-8 or breaks off
 */
export async function readBody(
  source: AsyncIterable<Uint8Array> | null,
  declaredBytes: string | undefined,
): Promise<string> {
  if (Number(declaredBytes ?? 0) > bodyLimit) throw tooLarge()
  if (!source) return ''
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of source) {
      size += chunk.byteLength
      if (size > bodyLimit) throw tooLarge()
      chunks.push(chunk)
    }
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw brokenOff()
  }
  return decode(chunks)
}

/**
 * The body of one of Node's own requests, whose size was declared and is within the limit: Node lets no more through.
 *
 * @throws Refusal `invalid_input` for what is not UTF-8 or breaks off
 */
export function readDeclaredBody(message: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    // It may be over before anybody reads it: then nothing would be heard any more.
    if (message.destroyed) reject(brokenOff())
    const chunks: Uint8Array[] = []
    message.on('data', (chunk: Uint8Array) => void chunks.push(chunk))
    message.once('end', () => {
      try {
        resolve(decode(chunks))
      } catch (refusal) {
        reject(refusal)
      }
    })
    // Emitted after the end too, when nothing is left to decide.
    message.once('close', () => reject(brokenOff()))
    message.once('error', () => reject(brokenOff()))
  })
}

const decoder = new TextDecoder('utf-8', { fatal: true })

function decode(chunks: Uint8Array[]): string {
  const [first] = chunks
  if (!first) return ''
  try {
    return decoder.decode(chunks.length === 1 ? first : Buffer.concat(chunks))
  } catch {
    throw new Refusal({ kind: 'invalid_input', type: 'invalid_input', message: 'The body is not valid UTF-8.' })
  }
}

/** The client went away or was too slow: nobody hears this, and nothing of ours is broken. */
function brokenOff(): Refusal {
  return new Refusal({ kind: 'invalid_input', type: 'invalid_input', message: 'The body broke off before its end.' })
}

function tooLarge(): Refusal {
  return new Refusal({
    kind: 'too_large',
    type: 'payload_too_large',
    message: 'The body is larger than 1 MiB. Send less at once.',
  })
}
