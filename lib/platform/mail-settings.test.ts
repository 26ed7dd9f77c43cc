import { afterEach, expect, test, vi } from 'vitest'
import { mailSettings } from './mail-settings'

const configure = (SMTP_URL: string | undefined, MAIL_FROM: string | undefined) => {
  vi.stubEnv('SMTP_URL', SMTP_URL)
  vi.stubEnv('MAIL_FROM', MAIL_FROM)
}
afterEach(() => vi.unstubAllEnvs())

test('without variables no mails are sent', () => {
  configure(undefined, undefined)
  expect(mailSettings()).toBeNull()
  configure('', '')
  expect(mailSettings()).toBeNull()
})

test.each([
  ['smtps://user:p%40ss@smtp.example.com', { host: 'smtp.example.com', port: 465, secure: true }],
  ['smtp://smtp.example.com', { host: 'smtp.example.com', port: 587, secure: false }],
  ['smtp://[::1]:2525', { host: '::1', port: 2525, secure: false }],
])('%s is where mails go', (address, expected) => {
  configure(address, 'Keyholder <keyholder@example.com>')
  expect(mailSettings()).toMatchObject({ ...expected, from: { name: 'Keyholder', address: 'keyholder@example.com' } })
})

test.each([
  ['smtp://user:secret@smtp.example.com', true],
  ['smtps://user:secret@smtp.example.com', false],
  ['smtp://smtp.example.com', false],
  ['smtp://user:secret@127.0.0.1:2525', false],
])('%s asks for encryption before it tells a password: %s', (address, requireEncryption) => {
  configure(address, 'keyholder@example.com')
  expect(mailSettings()).toMatchObject({ requireEncryption })
})

test('name and password may have any character, percent-encoded', () => {
  configure('smtps://a%40b:c%3A%2F%25@smtp.example.com', 'keyholder@example.com')
  expect(mailSettings()).toMatchObject({ credentials: { user: 'a@b', pass: 'c:/%' } })
})

test.each([
  ['smtp.example.com', 'keyholder@example.com', /SMTP_URL must be an address/],
  ['http://smtp.example.com', 'keyholder@example.com', /SMTP_URL must be an address/],
  ['smtp://user@smtp.example.com', 'keyholder@example.com', /SMTP_URL must be an address/],
  ['smtp://user:%@smtp.example.com', 'keyholder@example.com', /SMTP_URL must be an address/],
  ['smtp://smtp.example.com/?ignoreTLS=true', 'keyholder@example.com', /SMTP_URL must be an address/],
  ['smtp://smtp.example.com', 'Keyholder', /MAIL_FROM must be an email address/],
  ['smtp://smtp.example.com', 'a@example.com, b@example.com', /MAIL_FROM must be an email address/],
  ['smtp://smtp.example.com', undefined, /MAIL_FROM is missing/],
  [undefined, 'keyholder@example.com', /SMTP_URL is missing/],
])('SMTP_URL %s with MAIL_FROM %s is refused by name', (address, from, message) => {
  configure(address, from)
  expect(() => mailSettings()).toThrow(message)
})

test('what is wrong is told without the password', () => {
  configure('smtp://user:s3cret@', 'keyholder@example.com')
  expect(() => mailSettings()).toThrow(/^((?!s3cret)[\s\S])*$/)
})
