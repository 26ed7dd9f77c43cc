import { decrypt, encrypt } from '@/lib/platform/encryption/encrypt-text'
import type { Mail } from './mail'

/** A mail as it waits in the database: whoever reads that, or a backup, cannot follow its links. */
export function sealMail(mail: Mail): Promise<string> {
  return encrypt(JSON.stringify(mail))
}

/** The mail that was sealed; null where its secret isn't among ours. */
export async function openMail(content: string): Promise<Mail | null> {
  const mail = await decrypt(content)
  return mail === null ? null : JSON.parse(mail)
}
