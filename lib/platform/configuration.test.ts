import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { authSecret, authSecrets } from '@/db/encryption/secrets'
import { checkConfiguration, metricsToken, outgoingRules, serverConfiguration } from './configuration'

const names = [
  'PORT',
  'HOSTNAME',
  'BASE_URL',
  'AUTH_SECRET',
  'AUTH_SECRET_PREVIOUS',
  'DEMO',
  'TRUST_PROXY',
  'API_RATE_LIMIT',
  'ACCOUNT_LIMITS',
  'WEBHOOKS_ALLOW_PRIVATE',
  'OUTGOING_HOSTS',
  'LOG_LEVEL',
  'METRICS_TOKEN',
  'SMTP_URL',
  'MAIL_FROM',
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'SHUTDOWN_DELAY_SECONDS',
  'SHUTDOWN_GRACE_SECONDS',
  'DATABASE_URL',
  'DATABASE_POOL_SIZE',
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
      accountLimits: 1,
      requestTimeoutSeconds: 300,
      shutdownDelaySeconds: 0,
      shutdownGraceSeconds: 10,
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
      ACCOUNT_LIMITS: '4',
      SHUTDOWN_DELAY_SECONDS: '5',
      SHUTDOWN_GRACE_SECONDS: '30',
    })
    expect(serverConfiguration()).toEqual({
      port: 8080,
      hostname: '0.0.0.0',
      baseUrl: 'https://keys.example.com',
      demo: true,
      trustProxy: true,
      apiRateLimit: 0,
      accountLimits: 4,
      requestTimeoutSeconds: 300,
      shutdownDelaySeconds: 5,
      shutdownGraceSeconds: 30,
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
    ['AUTH_SECRET_PREVIOUS', 'short'],
    ['DEMO', 'yes'],
    ['TRUST_PROXY', 'on'],
    ['API_RATE_LIMIT', '-1'],
    ['API_RATE_LIMIT', 'many'],
    ['ACCOUNT_LIMITS', '-1'],
    ['WEBHOOKS_ALLOW_PRIVATE', 'hosts'],
    ['OUTGOING_HOSTS', 'https://hooks.example.com'],
    ['OUTGOING_HOSTS', 'one.example, '],
    ['OUTGOING_HOSTS', '*'],
    ['LOG_LEVEL', 'loud'],
    ['METRICS_TOKEN', 'short'],
    ['METRICS_TOKEN', 'it has some spaces in it'],
    ['SHUTDOWN_DELAY_SECONDS', '5s'],
    ['SHUTDOWN_GRACE_SECONDS', '1000'],
  ])('refuses %s=%s by name', (name, value) => {
    configure({ [name]: value })
    expect(serverConfiguration).toThrow(new RegExp(`^The configuration is wrong:\n  ${name} .*$`))
  })

  test('names all that is wrong at once, and repeats no secret', () => {
    configure({ PORT: 'http', DEMO: 'yes', AUTH_SECRET: 'hunter2' })
    expect(serverConfiguration).toThrow(/\n {2}PORT .*\n {2}AUTH_SECRET .*\n {2}DEMO /)
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
  expect(outgoingRules().allowPrivateAddresses).toBe(allowed)
})

test('OUTGOING_HOSTS names the only hosts that webhooks go to; without it there are none to name', () => {
  expect(outgoingRules().outgoingHosts).toBe(null)
  configure({ OUTGOING_HOSTS: 'hooks.example.com, *.Example.org,192.0.2.1' })
  expect(outgoingRules().outgoingHosts).toEqual(['hooks.example.com', '*.example.org', '192.0.2.1'])
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

  test('of a database in memory lasts as long as the process', () => {
    configure({ DATA_DIR: 'memory://' })
    expect(authSecret()).toMatch(/^[0-9a-f]{64}$/)
    expect(authSecret()).toBe(authSecret())
  })

  test('is followed by former ones, separated by commas, and by the whole of them', () => {
    const [former, older] = ['b'.repeat(32), 'c'.repeat(32)]
    configure({ AUTH_SECRET: 'a'.repeat(32), AUTH_SECRET_PREVIOUS: `${former}, ${older}` })
    expect(authSecrets()).toEqual(['a'.repeat(32), `${former}, ${older}`, former, older])
  })

  test('must be given in production where several servers may share a database', () => {
    configure({ DATABASE_URL: 'postgres://localhost/keyholder' })
    vi.stubEnv('NODE_ENV', 'production')
    expect(authSecret).toThrow(/AUTH_SECRET is missing/)
  })
})

describe('before the start', () => {
  test('a configuration without mistakes passes', () => expect(checkConfiguration).not.toThrow())

  test('all mistakes are named together, a line each, also those of the database', () => {
    configure({
      PORT: 'http',
      METRICS_TOKEN: 'hunter2',
      DATABASE_URL: 'mysql://root:hunter2@db',
      DATABASE_POOL_SIZE: '0',
      SMTP_URL: 'smtp.example.com',
      MAIL_FROM: 'Keyholder',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'localhost:4318',
    })
    vi.stubEnv('NODE_ENV', 'production')
    expect(checkConfiguration).toThrow(
      [
        'The configuration is wrong:',
        '  PORT must be a port number',
        '  METRICS_TOKEN must be at least 16 characters long, without spaces',
        '  DATABASE_URL must start with postgres:// or postgresql://',
        '  DATABASE_POOL_SIZE must be a number from 1 to 1000',
        '  SMTP_URL must be an address such as smtps://user:password@smtp.example.com or smtp://smtp.example.com:587',
        '  MAIL_FROM must be an email address, or such as Keyholder <keyholder@example.com>',
        '  OTEL_EXPORTER_OTLP_ENDPOINT must be the address of a collector, such as http://localhost:4318',
        '  AUTH_SECRET is missing. With DATABASE_URL it must be set, the same for every server: at least 32 random characters, for instance from `openssl rand -hex 32`.',
      ].join('\n'),
    )
    expect(checkConfiguration).not.toThrow(/hunter2/)
  })
})

test.each([
  [undefined, undefined],
  ['', undefined],
  ['a-token-of-those-who-watch', 'a-token-of-those-who-watch'],
])('METRICS_TOKEN=%s has the metrics read with %s', (value, token) => {
  vi.stubEnv('METRICS_TOKEN', value)
  expect(metricsToken()).toBe(token)
})
