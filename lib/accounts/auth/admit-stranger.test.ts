import { expect, test } from 'vitest'
import { catchRefusal } from '@/lib/platform/refusals'
import { admitStranger } from './admit-stranger'
import { knownBrowserCookie } from './known-browser'

const from = (address: string, cookie = '') => new Headers({ 'x-forwarded-for': address, cookie })
const refusalOf = (given: Headers, email?: string) => catchRefusal(() => admitStranger('signIn', given, email))
const heldUp = {
  kind: 'too_many',
  type: 'too_many_attempts',
  message: expect.stringMatching(/^Too many attempts\. Wait .+, then try again\.$/),
}

test('an address has twenty tries in a minute, of IPv6 a network of 64 bits', async () => {
  for (let n = 1; n <= 20; n++) expect(await refusalOf(from(`2001:db8::${n}`))).toBeNull()
  expect(await refusalOf(from('2001:db8::21'))).toMatchObject(heldUp)
  expect(await refusalOf(from('2001:db8:0:1::1'))).toBeNull()
  for (let n = 1; n <= 20; n++) expect(await refusalOf(from('192.0.2.1'))).toBeNull()
  expect(await refusalOf(from('::ffff:192.0.2.1'))).toMatchObject(heldUp)
  expect(await refusalOf(from('192.0.2.2'))).toBeNull()
})

test('a browser that is known is counted by its account, whoever shares its address', async () => {
  for (let n = 1; n <= 21; n++) await refusalOf(from('192.0.2.3'))
  const { name, value } = knownBrowserCookie('Robin@example.com')
  const known = from('192.0.2.3', `theme=dark; ${name}=${value}`)
  expect(await refusalOf(known, 'robin@example.com')).toBeNull()
  expect(await admitStranger('passkey', known)).toMatch(/^account /)
  expect(await refusalOf(known, 'kim@example.com')).toMatchObject(heldUp)
  expect(await refusalOf(from('192.0.2.3', `${name}=${value}x`), 'robin@example.com')).toMatchObject(heldUp)
  for (let n = 1; n <= 19; n++) expect(await refusalOf(known, 'robin@example.com')).toBeNull()
  expect(await refusalOf(known, 'robin@example.com')).toMatchObject(heldUp)
})
