import { z } from 'zod'

/** A place in a sorted list: next to which row, in which direction, and how far from the start. */
export type Cursor = {
  direction: 'after' | 'before'
  /** The neighbouring row's sort value and id. */
  value: string
  id: string
  /** How many rows come before the page, as far as known when the cursor was made. */
  offset: number
}

// Normalising for search can make a text of 255 characters 18 times as long.
const longestValue = 5000

const cursorSchema = z.tuple([z.enum(['a', 'b']), z.string().max(longestValue), z.uuid(), z.number().int().min(0)])

/** A cursor as an opaque text for an address. */
export function encodeCursor({ direction, value, id, offset }: Cursor): string {
  const parts = [direction === 'after' ? 'a' : 'b', value, id, offset]
  return Buffer.from(JSON.stringify(parts)).toString('base64url')
}

/** The cursor that a text was made from, or null for a text that `encodeCursor` did not make. */
export function decodeCursor(text: string): Cursor | null {
  try {
    const [direction, value, id, offset] = cursorSchema.parse(JSON.parse(Buffer.from(text, 'base64url').toString()))
    return { direction: direction === 'a' ? 'after' : 'before', value: value.replaceAll('\u0000', ''), id, offset }
  } catch {
    return null
  }
}
