import addressparser from 'nodemailer/lib/addressparser'
import { z } from 'zod'
import { ConfigurationError, readVariables } from '@/db/configuration'

/** How mails are sent, and as whose. */
export type MailSettings = {
  host: string
  port: number
  /** Whether the connection is encrypted from its beginning, and not only after STARTTLS. */
  secure: boolean
  /** Whether nothing is sent where the server offers no encryption. */
  requireEncryption: boolean
  credentials: { user: string; pass: string } | null
  from: { name: string; address: string }
}

const example = 'smtps://user:password@smtp.example.com or smtp://smtp.example.com:587'

const schema = z.object({
  SMTP_URL: z
    .string()
    .transform((given, context) => readAddress(given) ?? refuse(context, `must be an address such as ${example}`))
    .optional(),
  MAIL_FROM: z
    .string()
    .transform(
      (given, context) =>
        readSender(given) ?? refuse(context, 'must be an email address, or such as Keyholder <keyholder@example.com>'),
    )
    .optional(),
})

function refuse(context: z.RefinementCtx, message: string): never {
  context.addIssue({ code: 'custom', message })
  return z.NEVER
}

/**
 * Where mails go and who they come from, by `SMTP_URL` and `MAIL_FROM`; null when no mails are to be sent.
 *
 * @throws ConfigurationError that names each wrong variable, also where one of the two is missing.
 */
export function mailSettings(): MailSettings | null {
  const { SMTP_URL, MAIL_FROM } = readVariables(schema)
  if (!SMTP_URL && !MAIL_FROM) return null
  if (!MAIL_FROM) {
    throw new ConfigurationError([
      'MAIL_FROM is missing. With SMTP_URL it must be set: the address that mails come from, such as Keyholder <keyholder@example.com>.',
    ])
  }
  if (!SMTP_URL) {
    throw new ConfigurationError([`SMTP_URL is missing. With MAIL_FROM it must be set: an address such as ${example}.`])
  }
  return { ...SMTP_URL, from: MAIL_FROM }
}

function readAddress(given: string): Omit<MailSettings, 'from'> | null {
  if (!URL.canParse(given)) return null
  const { protocol, hostname, port, username, password, pathname, search, hash } = new URL(given)
  const secure = protocol === 'smtps:'
  const hasMore = !['', '/'].includes(pathname) || search !== '' || hash !== ''
  if ((!secure && protocol !== 'smtp:') || hostname === '' || port === '0' || hasMore) return null
  const [user, pass] = [decoded(username), decoded(password)]
  if (user === null || pass === null || (user === '') !== (pass === '')) return null
  const host = hostname.replace(/^\[(.*)\]$/, '$1')
  const isLoopback = host === 'localhost' || host === '::1' || /^127\./.test(host)
  return {
    host,
    port: Number(port) || (secure ? 465 : 587),
    secure,
    // A password is told to nobody in between.
    requireEncryption: user !== '' && !secure && !isLoopback,
    credentials: user === '' ? null : { user, pass },
  }
}

/** What stands percent-encoded in an address; null where that is malformed. */
function decoded(part: string): string | null {
  try {
    return decodeURIComponent(part)
  } catch {
    return null
  }
}

function readSender(given: string): MailSettings['from'] | null {
  const [sender, ...others] = addressparser(given, { flatten: true })
  if (!sender || others.length > 0 || !z.email().safeParse(sender.address).success) return null
  return { name: sender.name, address: sender.address }
}
