import { setTimeout as sleep } from 'node:timers/promises'
import { createTransport } from 'nodemailer'
import type { MailSettings } from '@/lib/platform/mail-settings'
import type { Mail } from './mail'

/** What came of an attempt; `refused`: the server will not take this mail, however often it is tried. */
export type SendOutcome = { kind: 'sent' } | { kind: 'refused' | 'failed'; code: string; responseCode: number | null }

const patienceMilliseconds = 10_000
/** However slowly a server answers. */
const longestMilliseconds = 30_000

/**
 * Sends a mail over a connection of its own, within 30 seconds.
 *
 * @param mailId becomes its Message-ID, by which a server or reader knows one that was sent twice.
 */
export async function sendMail(settings: MailSettings, mailId: string, mail: Mail): Promise<SendOutcome> {
  const { host, port, secure, requireEncryption, credentials, from } = settings
  const transport = createTransport({
    host,
    port,
    secure,
    requireTLS: requireEncryption,
    ...(credentials && { auth: credentials }),
    connectionTimeout: patienceMilliseconds,
    greetingTimeout: patienceMilliseconds,
    socketTimeout: patienceMilliseconds,
    dnsTimeout: patienceMilliseconds,
    // A mail is what it says, never a file or an address's content.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const sent = transport
    .sendMail({
      from,
      // As an object it is one address, whatever it looks like.
      to: { name: '', address: mail.to },
      subject: mail.subject,
      text: mail.text,
      html: mail.html,
      messageId: `<${mailId}@${from.address.split('@')[1]}>`,
      headers: { 'Auto-Submitted': 'auto-generated' },
    })
    .then((): SendOutcome => ({ kind: 'sent' }), toOutcome)
  const tooLong = { kind: 'failed', code: 'ETIMEDOUT', responseCode: null } as const
  try {
    return await Promise.race([sent, sleep(longestMilliseconds, tooLong, { ref: false })])
  } finally {
    transport.close()
  }
}

/** Errors are told by their codes alone: their words repeat addresses. */
function toOutcome(error: unknown): SendOutcome {
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown }
  const status = typeof responseCode === 'number' ? responseCode : null
  // What a server says of the sign-in or the sender is mended by whoever runs Keyholder, and then the mail goes out.
  const isRefused = status !== null && status >= 500 && ['EENVELOPE', 'EMESSAGE'].includes(String(code))
  return {
    kind: isRefused ? 'refused' : 'failed',
    code: typeof code === 'string' ? code : 'unknown',
    responseCode: status,
  }
}
