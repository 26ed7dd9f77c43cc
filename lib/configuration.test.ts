import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { authSecret, serverConfiguration, webhooksAllowPrivate } from './configuration'

const names = [
  'PORT',
  'HOSTNAME',
  'BASE_URL',
  'AUTH_SECRET',
  'DEMO',
  'TRUST_PROXY',
  'API_RATE_LIMIT',
  'WEBHOOKS_ALLOW_PRIVATE',
  'DATABASE_URL',
  'DATA_DIR',
]
const configure = (variables: Record<string, string>) => {
  for (const name of names) vi.stubEnv(name, variables[name])
}

beforeEach(() => configure({}))
afterEach(() => vi.unstubAllEnvs())

describe('the server', () => {
  test('without any variable is on loopback at port 3000, without the demo, and trusts no proxy', () => {
    expect(serverConfiguration()).toEqual({
      port: 3000,
      hostname: 'localhost',
      baseUrl: 'http://localhost:3000',
      demo: false,
      trustProxy: false,
      apiRateLimit: 30_000,
    })
  })

  test('takes an empty variable for none', () => {
    configure({ PORT: '', HOSTNAME: '', BASE_URL: '', AUTH_SECRET: '', DEMO: '', TRUST_PROXY: '' })
    expect(serverConfiguration()).toMatchObject({ port: 3000, hostname: 'localhost', demo: false })
  })

  test('is where its variables say', () => {
    configure({
      PORT: '8080',
      HOSTNAME: '0.0.0.0',
      BASE_URL: 'https://keys.example.com/',
      DEMO: '1',
      TRUST_PROXY: 'true',
      API_RATE_LIMIT: '0',
    })
    expect(serverConfiguration()).toEqual({
      port: 8080,
      hostname: '0.0.0.0',
      baseUrl: 'https://keys.example.com',
      demo: true,
      trustProxy: true,
      apiRateLimit: 0,
    })
  })

  test.each([
    ['PORT', 'http'],
    ['PORT', '-1'],
    ['PORT', '65536'],
    ['PORT', '80.5'],
    ['PORT', ' '],
    ['BASE_URL', 'keys.example.com'],
    ['BASE_URL', 'ftp://keys.example.com'],
    ['AUTH_SECRET', 'short'],
    ['DEMO', 'yes'],
    ['TRUST_PROXY', 'on'],
    ['API_RATE_LIMIT', '-1'],
    ['API_RATE_LIMIT', 'many'],
    ['WEBHOOKS_ALLOW_PRIVATE', 'hosts'],
  ])('refuses %s=%s by name', (name, value) => {
    configure({ [name]: value })
    expect(serverConfiguration).toThrow(new RegExp(`^The configuration is wrong: ${name} .`))
  })

  test('names all that is wrong at once, and repeats no secret', () => {
    configure({ PORT: 'http', DEMO: 'yes', AUTH_SECRET: 'hunter2' })
    expect(serverConfiguration).toThrow(/PORT .*AUTH_SECRET .*DEMO /)
    expect(serverConfiguration).not.toThrow(/hunter2/)
  })
})

test.each([
  [undefined, false],
  ['', false],
  ['0', false],
  ['false', false],
  ['1', true],
  ['true', true],
])('WEBHOOKS_ALLOW_PRIVATE=%s lets webhooks be private addresses: %s', (value, allowed) => {
  vi.stubEnv('WEBHOOKS_ALLOW_PRIVATE', value)
  expect(webhooksAllowPrivate()).toBe(allowed)
})

describe('the secret that signs cookies', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'keyholder-configuration-test-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  test('is the given one', () => {
    configure({ AUTH_SECRET: 'x'.repeat(32), DATA_DIR: folder })
    expect(authSecret()).toBe('x'.repeat(32))
  })

  test('is made once beside the embedded database, for its owner’s eyes only', () => {
    const data = join(folder, 'made', 'if need be')
    configure({ DATA_DIR: data })
    const secret = authSecret()
    expect(secret).toMatch(/^[0-9a-f]{64}$/)
    expect(authSecret()).toBe(secret)
    expect(statSync(join(data, 'auth-secret')).mode & 0o777).toBe(0o600)
  })

  test('that was cut off while it was written is made anew', () => {
    configure({ DATA_DIR: folder })
    writeFileSync(join(folder, 'auth-secret'), '')
    const secret = authSecret()
    expect(secret).toMatch(/^[0-9a-f]{64}$/)
    expect(readFileSync(join(folder, 'auth-secret'), 'utf8')).toBe(secret)
  })

  test('is another for each database in memory', () => {
    configure({ DATA_DIR: 'memory://' })
    expect(authSecret()).toMatch(/^[0-9a-f]{64}$/)
    expect(authSecret()).not.toBe(authSecret())
  })

  test('must be given in production where several servers may share a database', () => {
    configure({ DATABASE_URL: 'postgres://localhost/keyholder' })
    vi.stubEnv('NODE_ENV', 'production')
    expect(authSecret).toThrow(/^AUTH_SECRET is missing/)
  })
})
