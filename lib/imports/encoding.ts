import { isAscii, isUtf8 } from 'node:buffer'
import iconv from 'iconv-lite'

/** What a file can be written in. */
export type Encoding = 'UTF-8' | 'UTF-16LE' | 'UTF-16BE' | 'Windows-1252'

/** How many bytes are looked at to tell what a file is written in. */
const lookedAt = 64 * 1024

/**
 * Decodes a file as it comes in. Its byte order mark tells what it is written in, else the zeros that UTF-16 has
 * beside Latin letters. Otherwise the first letters beyond ASCII tell, wherever they are: if they aren't valid
 * as UTF-8, the file is Windows-1252.
 *
 * @param onEncoding told once that is known; never for a file of ASCII alone, which is UTF-8 too.
 */
export async function* decodeFile(
  chunks: AsyncIterable<Uint8Array>,
  onEncoding: (encoding: Encoding) => void,
): AsyncGenerator<string> {
  let decoder: ReturnType<typeof iconv.getDecoder> | undefined
  let held: Buffer = Buffer.alloc(0)
  let isBeginning = true
  const decode = (isEnd: boolean): string => {
    const ofBeginning = isBeginning ? encodingOfBeginning(held) : undefined
    // A letter that is cut in two waits for its rest.
    const end = ofBeginning || isEnd ? held.length : endOfWholeLetters(held)
    const whole = held.subarray(0, end)
    const encoding = ofBeginning ?? (isAscii(whole) ? undefined : isUtf8(whole) ? 'UTF-8' : 'Windows-1252')
    held = held.subarray(end)
    isBeginning = false
    if (!encoding) return whole.toString('latin1')
    onEncoding(encoding)
    decoder = iconv.getDecoder(encoding)
    return decoder.write(whole) + decoder.write(held)
  }
  for await (const chunk of chunks) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    if (decoder) {
      yield decoder.write(bytes)
      continue
    }
    held = Buffer.concat([held, bytes])
    if (held.length >= lookedAt || (!isBeginning && isAscii(held))) yield decode(false)
  }
  if (!decoder && held.length > 0) yield decode(true)
  yield decoder?.end() ?? ''
}

function encodingOfBeginning(bytes: Buffer): Encoding | undefined {
  const begins = (...mark: number[]) => mark.every((byte, index) => bytes[index] === byte)
  if (begins(0xef, 0xbb, 0xbf)) return 'UTF-8'
  if (begins(0xff, 0xfe)) return 'UTF-16LE'
  if (begins(0xfe, 0xff)) return 'UTF-16BE'
  const sample = bytes.subarray(0, 1000)
  const zeros = [0, 0]
  sample.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1
  })
  const [atEven = 0, atOdd = 0] = zeros
  if (atOdd > sample.length / 4) return 'UTF-16LE'
  if (atEven > sample.length / 4) return 'UTF-16BE'
  return undefined
}

/** Where the last letter of ASCII ends, after which none is cut in two; the very end where there is none. */
function endOfWholeLetters(bytes: Buffer): number {
  const last = bytes.findLastIndex((byte) => byte < 0x80)
  return last < 0 ? bytes.length : last + 1
}
