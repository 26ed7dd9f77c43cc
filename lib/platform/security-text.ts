import { DateTime } from 'luxon'
import { securityContact, serverConfiguration } from './configuration'

/** For how long a reader may rely on what the running server says. */
const validForDays = 30

/** The content of `/.well-known/security.txt` (RFC 9116), or null where nobody is named to write to. */
export function securityText(now: Date): string | null {
  const contact = securityContact()
  if (contact === undefined) return null
  const expires = DateTime.fromJSDate(now, { zone: 'utc' }).startOf('day').plus({ days: validForDays })
  const canonical = `${serverConfiguration().baseUrl}/.well-known/security.txt`
  return [
    `Contact: ${contact}`,
    `Expires: ${expires.toISO({ suppressMilliseconds: true })}`,
    // A canonical address is one of https; a server without has none.
    ...(canonical.startsWith('https:') ? [`Canonical: ${canonical}`] : []),
    '',
  ].join('\r\n')
}
