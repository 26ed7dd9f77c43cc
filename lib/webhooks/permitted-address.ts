import ipaddr from 'ipaddr.js'

/**
 * Whether an address's host is, by its look alone, one that only this machine or its network reaches:
 * a literal IP that is not public, or a name of the machine itself. What other names stand for is
 * checked when they are connected to.
 *
 * @param hostname as `URL` gives it, which has read odd spellings of IPs (`0x7f.1`) already.
 */
export function isPrivateHost(hostname: string): boolean {
  const name = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
  if (ipaddr.isValid(name)) return ipaddr.parse(name).range() !== 'unicast'
  return name === 'localhost' || name.endsWith('.localhost')
}
