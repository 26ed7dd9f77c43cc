import { symmetricDecrypt, symmetricEncrypt } from 'better-auth/crypto'
import { authSecret } from '../configuration'
import type { Mail } from './mail'

/** A mail as it waits in the database: whoever reads that, or a backup, cannot follow its links. */
export function sealMail(mail: Mail): Promise<string> {
  return symmetricEncrypt({ key: authSecret(), data: JSON.stringify(mail) })
}

/** The mail that was sealed. Throws where `AUTH_SECRET` is another one since. */
export async function openMail(content: string): Promise<Mail> {
  return JSON.parse(await symmetricDecrypt({ key: authSecret(), data: content }))
}
