import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { authSecrets } from './secrets'

/** What is encrypted; each purpose has keys of its own, so that no value can stand in for another kind. */
type Purpose = 'webhook secret' | 'door code' | 'card number' | 'kept answer'

/** These are searched for: the same text is encrypted to the same, which tells that two are equal and no more. */
const isSearched: Record<Purpose, boolean> = {
  'webhook secret': false,
  'door code': true,
  'card number': true,
  'kept answer': false,
}

const format = 'kh1'
const cipher = 'aes-256-gcm'
const nonceLength = 12
const tagLength = 16

const derived = new Map<string, Buffer>()

/** A key for one use, by HKDF: from it neither the secret nor another key can be had. */
function keyOf(secret: string, use: string): Buffer {
  const place = `${use}\n${secret}`
  const key = derived.get(place) ?? Buffer.from(hkdfSync('sha256', secret, '', `keyholder: ${use}`, 32))
  derived.set(place, key)
  return key
}

/** Names a secret without telling anything of it. */
export function keyIdOf(secret: string): string {
  return keyOf(secret, 'key id').subarray(0, 6).toString('hex')
}

/** Encrypts a value, as `kh1.<key id>.<nonce, ciphertext and tag>`. */
export function seal(purpose: Purpose, text: string): string {
  return sealWith(authSecrets()[0], purpose, text)
}

/** What a value may be encrypted to, under each secret; for purposes that are searched. */
export function sealedForms(purpose: Purpose, text: string): string[] {
  return authSecrets().map((secret) => sealWith(secret, purpose, text))
}

function sealWith(secret: string, purpose: Purpose, text: string): string {
  const nonce = isSearched[purpose]
    ? createHmac('sha256', keyOf(secret, `${purpose}, nonce`))
        .update(text)
        .digest()
        .subarray(0, nonceLength)
    : randomBytes(nonceLength)
  const encryption = createCipheriv(cipher, keyOf(secret, purpose), nonce)
  const sealed = Buffer.concat([nonce, encryption.update(text, 'utf8'), encryption.final(), encryption.getAuthTag()])
  return `${format}.${keyIdOf(secret)}.${sealed.toString('base64url')}`
}

/** What was encrypted; null where its secret isn't among ours, or somebody altered it. */
export function unseal(purpose: Purpose, sealed: string): string | null {
  const [, keyId, content = ''] = sealed.split('.')
  const secret = authSecrets().find((one) => keyIdOf(one) === keyId)
  if (!secret) return null
  const bytes = Buffer.from(content, 'base64url')
  if (bytes.length < nonceLength + tagLength) return null
  const end = bytes.length - tagLength
  const decryption = createDecipheriv(cipher, keyOf(secret, purpose), bytes.subarray(0, nonceLength), {
    authTagLength: tagLength,
  })
  try {
    decryption.setAuthTag(bytes.subarray(end))
    return Buffer.concat([decryption.update(bytes.subarray(nonceLength, end)), decryption.final()]).toString('utf8')
  } catch {
    return null
  }
}

/** How everything begins that is encrypted with the current secret. */
export function currentPrefix(): string {
  return `${format}.${keyIdOf(authSecrets()[0])}.`
}
