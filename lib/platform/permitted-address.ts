import { type LookupAddress, lookup } from 'node:dns'
import type { LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'

/** What the configuration says of where webhooks may go. */
export type OutgoingRules = {
  /** Whether addresses of this machine and its network may be connected to. */
  allowPrivateAddresses: boolean
  /** The only hosts that may be, such as `hooks.example.com` and `*.example.com`; null for all of the internet. */
  outgoingHosts: string[] | null
}

/** An address that a webhook may not go to. The message is a sentence without its full stop. */
export class ForbiddenAddress extends Error {}

/** Blocks within `2000::/3` that IANA keeps for special purposes. */
const specialBlocks = ['2001::/23', '2001:db8::/32', '2002::/16', '2620:4f:8000::/48', '3fff::/20'].map((block) =>
  ipaddr.IPv6.parseCIDR(block),
)
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3')

/**
 * Whether an IP address is one of the internet's: global unicast, in none of the blocks that IANA keeps for special
 * purposes. An IPv6 address that carries one of IPv4 is none, whatever that is.
 */
export function isGlobalAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.parse(address)
  if (parsed.kind() === 'ipv4') return parsed.range() === 'unicast'
  return parsed.match(globalUnicast) && !specialBlocks.some((block) => parsed.match(block))
}

/**
 * Why a webhook may not go to an address, as far as that shows before its name is looked up; null if it may.
 *
 * @param url is normalised by `URL`, which has read odd spellings of IPs (`0x7f.1`) already.
 */
export function whyForbidden(url: URL, { allowPrivateAddresses, outgoingHosts }: OutgoingRules): string | null {
  const host = url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
  const port = Number(url.port)
  if (url.port !== '' && port !== 80 && port !== 443 && port < 1024) {
    return 'The port is not permitted: use 80, 443, or one from 1024'
  }
  if (outgoingHosts && !outgoingHosts.some((pattern) => matches(host, pattern))) {
    return 'The host is not among those that this server may send to'
  }
  return !allowPrivateAddresses && isPrivateHost(host) ? 'The address is private' : null
}

/** Looks a name up as `dns.lookup` does, and fails where any of its addresses is not of the internet. */
export const lookupGlobal: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    const [first] = addresses ?? []
    if (error || !first) return callback(error, [])
    if (!addresses.every(({ address }) => isGlobalAddress(address))) {
      return callback(new ForbiddenAddress('The address is private'), [])
    }
    if (options.all) callback(null, addresses)
    else callback(null, first.address, first.family)
  })
}

function isPrivateHost(host: string): boolean {
  if (ipaddr.isValid(host)) return !isGlobalAddress(host)
  return host === 'localhost' || host.endsWith('.localhost')
}

function matches(host: string, pattern: string): boolean {
  return pattern.startsWith('*.') ? host.endsWith(pattern.slice(1)) : host === pattern
}
