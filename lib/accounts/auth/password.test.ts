import { afterEach, expect, test, vi } from 'vitest'
import { catchRefusal } from '@/lib/platform/refusals'
import { refuseWeakPassword } from './password'
import { hashPassword } from './password-hash'

const refusalOf = (password: string, about: string[] = []) => catchRefusal(() => refuseWeakPassword(password, about))
const easyToGuess = { type: 'invalid_input', fields: { password: [expect.stringContaining('easy to guess')] } }

test.each(['a long enough password', 'trombone saddle 91', 'Xk7#pq92LmvT'])('%s is accepted', async (password) => {
  expect(await refusalOf(password, ['robin@example.com'])).toBeNull()
})

test.each(['1234567890', 'qwertyuiop', 'password12', 'P@ssw0rd123', 'iloveyou123', 'aaaaaaaaaaaa', 'Summer2024!'])(
  '%s is known from breaches, or one of its variations',
  async (password) => {
    expect(await refusalOf(password)).toMatchObject(easyToGuess)
  },
)

test.each(['keyholder2026!', 'KeyholderAdmin1', 'Harborview12'])(
  '%s is made of this product’s own words',
  async (password) => {
    expect(await refusalOf(password)).toMatchObject(easyToGuess)
  },
)

test('what everybody knows of its owner is no password', async () => {
  const about = ['robin.alvarez@seaview-homes.example', 'Seaview Homes']
  for (const password of ['robin.alvarez@seaview-homes.example', 'robinalvarez', 'seaviewhomes']) {
    expect(await refusalOf(password, about), password).toMatchObject(easyToGuess)
  }
})

test('of a long password, the hardest part counts', async () => {
  expect(await refusalOf('a'.repeat(128))).toMatchObject(easyToGuess)
  expect(await refusalOf(`${'a'.repeat(80)} trombone saddle 91`)).toBeNull()
})

test('requests are answered while a password is scored', async () => {
  let turns = 0
  const clock = setInterval(() => turns++, 1)
  expect(await refusalOf('Zq7#vX!k2@Lm9$wP4&tR8*nB3%hJ6(yC')).toBeNull()
  clearInterval(clock)
  expect(turns).toBeGreaterThan(1)
})

test('fifty may wait, and whoever comes then is asked to come back', async () => {
  const hashes = Array.from({ length: 60 }, () => catchRefusal(() => hashPassword('trombone saddle 91')))
  const refusals = (await Promise.all(hashes)).filter((refusal) => refusal !== null)
  expect(refusals.length).toBeGreaterThanOrEqual(6)
  expect(refusals.length).toBeLessThanOrEqual(10)
  expect(refusals[0]).toMatchObject({ kind: 'too_many', type: 'server_busy' })
})

afterEach(() => vi.unstubAllEnvs())

test('only tests hash at a lower cost, and what they hashed is outdated elsewhere', async () => {
  const work = async () => {
    vi.resetModules()
    return (await import('./password-worker.mjs')) as typeof import('./password-worker.mjs')
  }
  const password = 'trombone saddle 91'
  const cheap = await (await work()).hash(password)
  for (const environment of ['production', '']) {
    vi.stubEnv('NODE_ENV', environment as 'production')
    const { hash, verify } = await work()
    expect(await hash(password)).toMatch(/^\$argon2id\$v=19\$m=47104,t=2,p=1\$/)
    expect(await verify({ hash: cheap, password })).toEqual({ isRight: true, isOutdated: true })
  }
})
