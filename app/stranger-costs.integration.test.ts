/*
 * What a refused request of somebody without a session costs, for every action, page and route. An action that
 * costs more than nothing has a limit by client address. A new action that is open to strangers must be written
 * down here before the test passes.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { NextRequest } from 'next/server'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { database, listenToQueries } from '@/db/client'
import { users } from '@/db/schema/accounts'
import { formatApiKey, generateApiKey } from '@/lib/http-api/api-keys/api-key'
import { app } from '@/lib/http-api/app'
import { resources } from '@/lib/http-api/endpoints'

const work = vi.hoisted(() => ({ done: { score: 0, hash: 0, verify: 0 } }))
vi.mock('@/lib/accounts/auth/password-work', async (original) => ({
  ...(await original<object>()),
  // Counted, not done.
  runPasswordWork: async (name: 'score' | 'hash' | 'verify') => {
    work.done[name]++
    return { score: 4, hash: 'a hash', verify: { isRight: false, isOutdated: false } }[name]
  },
}))

let address = ''
let visits = 0
vi.mock('next/headers', () => ({
  headers: async () => new Headers({ 'x-forwarded-for': address }),
  cookies: async () => ({ get: () => undefined, set: () => undefined, delete: () => undefined }),
}))
vi.mock('next/cache', () => ({ revalidatePath: () => undefined }))
vi.mock('next/server', async (original) => ({ ...(await original<object>()), after: () => undefined }))

let statements = 0
beforeAll(async () => {
  vi.stubEnv('SMTP_URL', 'smtp://localhost:2525')
  vi.stubEnv('MAIL_FROM', 'keyholder@example.com')
  const connection = await database()
  await connection.insert(users).values({ id: uuidv7(), name: 'Robin', email: 'robin@example.com' })
})
beforeEach(() => {
  address = `192.0.2.${++visits}`
  work.done = { score: 0, hash: 0, verify: 0 }
  statements = 0
  listenToQueries(() => statements++)
})
afterAll(() => {
  listenToQueries(undefined)
  vi.unstubAllEnvs()
})

type Cost = { score: number; hash: number; verify: number; mostStatements: number }
const costs = (mostStatements: number, hash = 0): Cost => ({ score: 0, verify: 0, hash, mostStatements })
const nothing = costs(0)

/** What a form may send that makes the server work as hard as it can be made to. */
function form(): FormData {
  const given = new FormData()
  const password = 'Zq7#vX!k2@Lm9$'.repeat(9)
  const fields = { name: 'X', email: `${uuidv7()}@example.com`, password, workspace_name: 'X', default_country: 'US' }
  for (const [name, value] of Object.entries({ ...fields, code: '123456', next: '/' })) given.set(name, value)
  return given
}
const token = 'a token that nobody was given'
const passkey = {
  ...{ id: 'AAAA', rawId: 'AAAA', type: 'public-key', clientExtensionResults: {} },
  response: { clientDataJSON: 'AAAA', authenticatorData: 'AAAA', signature: 'AAAA' },
}

/** What the open actions cost a stranger whom they refuse, and what to call them with. */
const openActions: Record<string, Record<string, [Cost, () => unknown[]]>> = {
  'forgot-password/actions.ts': { askForReset: [costs(2), () => [null, form()]] },
  'invitations/[token]/actions.ts': {
    joinWithNewAccount: [costs(1), () => [token, null, form()]],
    join: [nothing, () => [token, null, form()]],
    signOutToJoin: [nothing, () => [token]],
  },
  'reset-password/[token]/actions.ts': { chooseNewPassword: [costs(1), () => [token, null, form()]] },
  'setup/actions.ts': { setUp: [costs(1), () => [null, form()]] },
  'sign-in/actions.ts': {
    // An address without an account takes as long as one with a wrong password.
    signIn: [costs(3, 1), () => [null, form()]],
    exploreDemo: [nothing, () => [form()]],
    signOut: [nothing, () => []],
  },
  'sign-in/code/actions.ts': {
    enterCode: [nothing, () => [null, form()]],
    enterRecoveryCode: [nothing, () => [null, form()]],
  },
  'sign-in/passkey-actions.ts': {
    beginWithPasskey: [costs(3), () => []],
    signInWithPasskey: [costs(1), () => [passkey, '/']],
  },
}

const root = join(process.cwd(), 'app')
type Callable = (...given: unknown[]) => Promise<unknown>
const filesIn = (folder: string, ending: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending))
    .sort()
const actionsIn = (folder: string) =>
  filesIn(folder, '.ts').filter((file) => readFileSync(join(root, folder, file), 'utf8').startsWith("'use server'"))
const load = async (...path: string[]) => (await import(join(root, ...path))) as Record<string, Callable>

/** What an action gives, or where it leads to. */
async function outcomeOf(action: Callable | undefined, given: unknown[]): Promise<string> {
  try {
    return JSON.stringify(await action?.(...given)) ?? ''
  } catch (error) {
    return String((error as { digest?: string }).digest ?? error)
  }
}

const expectCost = ({ mostStatements, ...passwords }: Cost) => {
  expect(work.done).toEqual(passwords)
  expect(statements).toBeLessThanOrEqual(mostStatements)
}

describe('actions that are open to strangers', () => {
  test('are all known here', async () => {
    expect(actionsIn('(auth)')).toEqual(Object.keys(openActions).sort())
    for (const [file, of] of Object.entries(openActions)) {
      expect(Object.keys(await load('(auth)', file)).sort(), file).toEqual(Object.keys(of).sort())
    }
  })

  const each = Object.entries(openActions).flatMap(([file, of]) =>
    Object.entries(of).map(([name, [cost, given]]) => ({ file, name, cost, given })),
  )
  test.each(each)('$file: $name costs no more than is known', async ({ file, name, cost, given }) => {
    const action = (await load('(auth)', file))[name]
    await outcomeOf(action, given())
    expectCost(cost)
  })

  const costly = each.filter(({ cost }) => cost !== nothing)
  test.each(costly)('$file: $name is limited by client address', async ({ file, name, given }) => {
    const action = (await load('(auth)', file))[name]
    const isHeldUp = async () => /Too many/.test(await outcomeOf(action, given()))
    let calls = 0
    while (!(await isHeldUp())) expect(++calls).toBeLessThanOrEqual(40)
    work.done = { score: 0, hash: 0, verify: 0 }
    statements = 0
    expect(await isHeldUp()).toBe(true)
    expectCost(nothing)
    address = `198.51.100.${visits}`
    expect(await isHeldUp(), 'elsewhere').toBe(false)
  })
})

test.each(actionsIn('(dashboard)'))('actions of the dashboard cost a stranger nothing: %s', async (file) => {
  const actions = Object.values(await load('(dashboard)', file))
  for (const action of actions) expect(await outcomeOf(action, [null, form()])).toMatch(/unauthenticated/)
  expectCost(nothing)
})

test.each(filesIn('data', 'route.ts'))('routes of the dashboard cost a stranger nothing: %s', async (file) => {
  for (const [method, handle] of Object.entries(await load('data', file))) {
    const request = new NextRequest('http://localhost/', { method, ...(method === 'POST' && { body: '[]' }) })
    const response = (await handle(request, { params: Promise.resolve({ id: uuidv7() }) })) as Response
    expect(response.status).toBe(401)
  }
  expectCost(nothing)
})

/** What the pages outside of the dashboard ask the database for a stranger. */
const openPages: Record<string, number> = {
  'forgot-password/page.tsx': 0,
  'invitations/[token]/page.tsx': 1,
  'no-workspace/page.tsx': 0,
  'reset-password/[token]/page.tsx': 1,
  'setup/page.tsx': 1,
  'sign-in/code/page.tsx': 0,
  'sign-in/page.tsx': 1,
  'sign-in/recovery-code-used/page.tsx': 0,
  'too-many-requests/page.tsx': 0,
}

test('pages that are open to strangers are all known here', () => {
  expect(filesIn('(auth)', 'page.tsx')).toEqual(Object.keys(openPages))
})
test.each(Object.entries(openPages))('%s sends a stranger %i statements at most', async (file, most) => {
  const { default: page } = await load('(auth)', file)
  await outcomeOf(page, [{ params: Promise.resolve({ token }), searchParams: Promise.resolve({}) }])
  expectCost(costs(most))
})

const endpoints = resources.flatMap((resource) => resource.endpoints)
test.each(endpoints)(
  'the API costs a stranger nothing, and a look-up with a key that is unknown: $path',
  async (endpoint) => {
    const ask = async (method: string, headers: Record<string, string>) => {
      const body = method === 'GET' ? undefined : '{}'
      const url = `http://localhost/api${endpoint.path}`
      return (await app.fetch(new Request(url, { method, headers, body }))).status
    }
    const apiKey = formatApiKey(generateApiKey())
    for (const method of endpoint.methods) {
      statements = 0
      expect(await ask(method, {})).toBe(401)
      expectCost(nothing)
      expect(await ask(method, { authorization: `Bearer ${apiKey}` })).toBe(401)
      expectCost(costs(1))
    }
  },
)
