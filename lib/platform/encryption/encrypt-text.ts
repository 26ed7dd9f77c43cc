import { symmetricDecrypt, symmetricEncrypt } from 'better-auth/crypto'
import { authSecrets } from '@/db/encryption/secrets'

/*
 * What better-auth's plugins read themselves, and instances of the version before: in better-auth's own format,
 * which doesn't say by which secret. A wrong one never opens it, so each is tried.
 */

/** Encrypts a text with the current secret, so that better-auth's plugins can read it too. */
export function encrypt(text: string): Promise<string> {
  return symmetricEncrypt({ key: authSecrets()[0], data: text })
}

/** What `encrypt` was given; null where its secret isn't among ours. */
export async function decrypt(encrypted: string): Promise<string | null> {
  return (await open(encrypted))?.text ?? null
}

/** The same encrypted with the current secret; null where it is already, or can't be read. */
export async function encryptAnew(encrypted: string): Promise<string | null> {
  const opened = await open(encrypted)
  return opened && !opened.isCurrent ? encrypt(opened.text) : null
}

async function open(encrypted: string): Promise<{ text: string; isCurrent: boolean } | null> {
  for (const [place, key] of authSecrets().entries()) {
    const text = await symmetricDecrypt({ key, data: encrypted }).catch(() => null)
    if (text !== null) return { text, isCurrent: place === 0 }
  }
  return null
}
