import { createHash, randomInt } from 'node:crypto'
import { z } from 'zod'
import { lineOfText } from '@/lib/platform/input'

const digits = '0123456789'
const alphabet = `${digits}ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz`
const publicIdLength = 12
const secretLength = 40
const apiKeyFormat = new RegExp(`^seam_(\\d[0-9A-Za-z]{${publicIdLength - 1}})_([0-9A-Za-z]{${secretLength}})$`)

/** An API key as the Settings page shows it; times are ISO 8601. */
export type ApiKeyListItem = {
  apiKeyId: string
  name: string
  /** The key without its secret, to recognise it by: `seam_<id>_…`. */
  shortenedKey: string
  createdBy: string
  createdAt: string
  /** Right to the minute. */
  lastUsedAt: string | null
  revokedAt: string | null
}

/** What making an API key asks for. */
export const newApiKeySchema = z.object({ name: lineOfText('The name', 100) })

const randomText = (length: number, characters = alphabet) =>
  Array.from({ length }, () => characters[randomInt(characters.length)]).join('')

/**
 * Makes the two parts of a new key. The public one begins with a digit, because Seam's SDK takes keys
 * that start with `seam_cst`, `seam_at` or `seam_pk` for something else.
 */
export function generateApiKey(): { publicId: string; secret: string } {
  return { publicId: randomText(1, digits) + randomText(publicIdLength - 1), secret: randomText(secretLength) }
}

/** The whole key, as its holder presents it. */
export function formatApiKey({ publicId, secret }: { publicId: string; secret: string }): string {
  return `seam_${publicId}_${secret}`
}

/** The two parts of a presented key, or null for what cannot be one. */
export function parseApiKey(text: string): { publicId: string; secret: string } | null {
  const [, publicId, secret] = apiKeyFormat.exec(text) ?? []
  return publicId && secret ? { publicId, secret } : null
}

/** The hash of a key's secret: SHA-256, hexadecimal. The secret is random enough to need no salt. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
