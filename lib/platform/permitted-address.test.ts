import { type LookupAddress, lookup } from 'node:dns'
import { promisify } from 'node:util'
import { expect, test, vi } from 'vitest'
import { isGlobalAddress, lookupGlobal, whyForbidden } from './permitted-address'

vi.mock('node:dns', () => ({ lookup: vi.fn() }))

/** First and last address of each block of IANA's registries of special purposes, and of what is no unicast. */
const special = [
  ...['0.0.0.0 0.255.255.255', '10.0.0.0 10.255.255.255', '100.64.0.0 100.127.255.255', '127.0.0.0 127.255.255.255'],
  ...['169.254.0.0 169.254.255.255', '172.16.0.0 172.31.255.255', '192.0.0.0 192.0.0.255', '192.0.2.0 192.0.2.255'],
  ...['192.31.196.0 192.31.196.255', '192.52.193.0 192.52.193.255', '192.88.99.0 192.88.99.255'],
  ...['192.168.0.0 192.168.255.255', '192.175.48.0 192.175.48.255', '198.18.0.0 198.19.255.255'],
  ...['198.51.100.0 198.51.100.255', '203.0.113.0 203.0.113.255', '224.0.0.0 239.255.255.255'],
  ...['240.0.0.0 255.255.255.255', ':: ::1', '::2 ::ffff:ffff', '::127.0.0.1 ::8.8.8.8'],
  ...['::ffff:0:0 ::ffff:255.255.255.255', '::ffff:0:8.8.8.8 ::ffff:0:127.0.0.1', '64:ff9b:: 64:ff9b::8.8.8.8'],
  ...['64:ff9b:1:: 64:ff9b:1:ffff:ffff:ffff:ffff:ffff', '100:: 100:0:0:1:ffff:ffff:ffff:ffff'],
  ...['2001:: 2001:0:ffff::', '2001:1:: 2001:1ff:ffff::', '2001:db8:: 2001:db8:ffff::', '2002:: 2002:ffff:ffff::'],
  ...['2620:4f:8000:: 2620:4f:8000:ffff::', '3fff:: 3fff:fff:ffff::', '5f00:: 5f00:ffff::', '4000:: fbff:ffff::'],
  ...['fc00:: fdff:ffff::', 'fe80:: febf:ffff::', 'fec0:: feff:ffff::', 'ff00:: ffff:ffff::', 'fe80::1%eth0 fe80::2'],
].flatMap((block) => block.split(' '))

test.each(special)('%s is not of the internet', (address) => expect(isGlobalAddress(address)).toBe(false))

test.each([
  ...['1.1.1.1', '8.8.8.8', '100.63.255.255', '100.128.0.0', '172.15.255.255', '172.32.0.0', '192.0.1.0', '198.17.0.1'],
  ...['223.255.255.255', '2001:200::1', '2001:4860:4860::8888', '2606:4700::1111', '2003::1', '2a00::1', '3ffe::1'],
])('%s is', (address) => expect(isGlobalAddress(address)).toBe(true))

const rules = { allowPrivateAddresses: false, outgoingHosts: null }
const isPrivate = 'The address is private'

test.each([
  ['http://localhost', isPrivate],
  ['http://LOCALHOST.', isPrivate],
  ['http://api.localhost:3000', isPrivate],
  ['http://2130706433', isPrivate],
  ['http://0x7f.1', isPrivate],
  ['http://169.254.169.254', isPrivate],
  ['http://[::127.0.0.1]', isPrivate],
  ['http://[::ffff:10.0.0.1]', isPrivate],
  ['http://[64:ff9b::7f00:1]', isPrivate],
  ['http://[2002:7f00:1::]', isPrivate],
  ['http://8.8.8.8', null],
  ['http://[2606:4700::1111]', null],
  ['http://localhost.example.com', null],
  ['https://example.com', null],
])('%s is forbidden by its look: %s', (address, why) => expect(whyForbidden(new URL(address), rules)).toBe(why))

test.each([
  ['https://example.com:80', true],
  ['http://example.com:443', true],
  ['https://example.com:1024', true],
  ['https://example.com:65535', true],
  ['https://example.com:0', false],
  ['https://example.com:22', false],
  ['https://example.com:25', false],
  ['https://example.com:444', false],
  ['https://example.com:1023', false],
])('%s has a port that may be: %s', (address, permitted) => {
  for (const allowPrivateAddresses of [true, false]) {
    const why = whyForbidden(new URL(address), { ...rules, allowPrivateAddresses })
    expect(why === null, String(why)).toBe(permitted)
  }
})

test.each([
  ['https://hooks.example.com/x', true],
  ['https://HOOKS.example.com.', true],
  ['https://a.example.org', true],
  ['https://a.b.example.org:8443', true],
  ['https://example.org', false],
  ['https://evilexample.org', false],
  ['https://example.com', false],
  ['https://hooks.example.com.evil.example', false],
  ['http://8.8.8.8', false],
])('with a list of hosts, %s is on it: %s', (address, permitted) => {
  const listed = { ...rules, outgoingHosts: ['hooks.example.com', '*.example.org'] }
  expect(whyForbidden(new URL(address), listed) === null).toBe(permitted)
})

test('a host on the list is still none of this network', () => {
  expect(whyForbidden(new URL('http://127.0.0.1'), { ...rules, outgoingHosts: ['127.0.0.1'] })).toBe(isPrivate)
})

/** Has every name stand for some addresses. */
function answerLookups(addresses: LookupAddress[]) {
  vi.mocked(lookup).mockImplementation(((...given: unknown[]) => {
    ;(given.at(-1) as (error: null, found: LookupAddress[]) => void)(null, addresses)
  }) as never)
}

const lookUp = promisify((options: { all: boolean }, callback: (error: Error | null, found?: unknown) => void) =>
  lookupGlobal('example.com', options, (error, found) => callback(error, found)),
)

test('a name is looked up as Node does, unless it stands for an address that is not of the internet', async () => {
  const [global, loopback] = [
    { address: '8.8.8.8', family: 4 },
    { address: '::127.0.0.1', family: 6 },
  ]
  answerLookups([global])
  expect(await lookUp({ all: true })).toEqual([global])
  expect(await lookUp({ all: false })).toBe('8.8.8.8')
  for (const all of [true, false]) {
    answerLookups([global, loopback])
    await expect(lookUp({ all })).rejects.toThrow(isPrivate)
  }
})
