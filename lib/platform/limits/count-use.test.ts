import { readFileSync } from 'node:fs'
import { afterEach, expect, test, vi } from 'vitest'
import { catchRefusal } from '../refusals'
import { countUse, limiters } from './count-use'
import { limits, mostSessions } from './limits'
import { waitInWords } from './wait'

afterEach(() => vi.unstubAllEnvs())

const by = (account: string, workspaceId: string) => ({ account, workspaceId })

test('an account may as often as the table says, and another one still may', async () => {
  for (let n = 1; n <= limits.import.perAccount; n++) await countUse('import', by('robin', 'seaview'))
  expect(await catchRefusal(() => countUse('import', by('robin', 'elsewhere')))).toMatchObject({
    ...{ kind: 'too_many', type: 'too_many_requests' },
    message: 'You’ve uploaded a lot of files in a short time. Wait 60 minutes, then try again.',
    data: { retry_after_seconds: '3600' },
  })
  await countUse('export', by('robin', 'seaview'))
  await countUse('import', by('sam', 'seaview'))
})

test('the members of a workspace together may as often as the table says', async () => {
  await limiters().reset.perWorkspace?.block('shared', 30)
  expect(await catchRefusal(() => countUse('reset', by('kim', 'shared')))).toMatchObject({
    message:
      'Your workspace’s members have reset the workspace a lot in a short time. Wait 30 seconds, then try again.',
  })
  await countUse('reset', by('kim', 'own'))
})

test('nobody is held up where the limits are off', async () => {
  vi.stubEnv('ACCOUNT_LIMITS', '0')
  await limiters().search.perAccount.block('robin', 30)
  await countUse('search', by('robin', 'seaview'))
})

test.each([
  [1, 'a second'],
  [89, '89 seconds'],
  [90, '2 minutes'],
])('%i seconds are %s', (seconds, words) => expect(waitInWords(seconds)).toBe(words))

test('docs/security.md has the same numbers', () => {
  const security = readFileSync('docs/security.md', 'utf8')
  for (const limit of Object.values(limits)) {
    const perWorkspace = 'perWorkspace' in limit ? limit.perWorkspace.toLocaleString('en') : ''
    const time = limit.seconds === 60 ? 'a minute' : limit.seconds === 600 ? 'ten minutes' : 'an hour'
    expect(security).toContain(
      `| ${[limit.title, limit.perAccount.toLocaleString('en'), perWorkspace, time].join(' | ')} |`,
    )
  }
  expect(security).toContain(`| sessions of an account | ${mostSessions}`)
})
