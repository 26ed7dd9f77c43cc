import { symmetricDecrypt, symmetricEncrypt } from 'better-auth/crypto'
import { getAuth } from './auth'

/** Encrypts a text by `AUTH_SECRET`, so that better-auth's plugins can read it too. */
export async function encrypt(text: string): Promise<string> {
  const { secretConfig } = await (await getAuth()).$context
  return symmetricEncrypt({ key: secretConfig, data: text })
}

/** What `encrypt` was given; null where `AUTH_SECRET` has become another since. */
export async function decrypt(encrypted: string): Promise<string | null> {
  const { secretConfig } = await (await getAuth()).$context
  return symmetricDecrypt({ key: secretConfig, data: encrypted }).catch(() => null)
}
