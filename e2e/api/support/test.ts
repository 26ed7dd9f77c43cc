import { execFile } from 'node:child_process'
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { test as base, expect } from '@playwright/test'
import { Seam } from 'seam'
import { ownFolder, seededData } from '../../support/folders'
import { startOwnServer } from '../../support/own-server'
import { type Answer, type Call, call } from './call'
import { checkSuccess } from './contract'

/** The server that the contract is tested on, with its keys. */
export type Api = {
  /** Where the browser finds the dashboard. */
  dashboardUrl: string
  /** What the SDK is given as its endpoint. */
  url: string
  keys: { demo: string; second: string; other: string }
}

type Fixtures = {
  /** Seam's client, with a key of the demo workspace; every answer is held to Seam's schemas. */
  seam: Seam
  /** The same with a key of another workspace, the only one that is ever reset. */
  stranger: Seam
  /** A plain request with a key of the demo workspace, unless another is given. */
  plain: (method: string, path: string, given?: Call) => Promise<Answer>
  /** Asks for the same by GET and by POST, and gives the one answer that both gave. */
  read: (path: string, parameters?: Record<string, string | string[] | undefined>) => Promise<Record<string, unknown>>
}

const run = promisify(execFile)

async function makeKey(workspace: string, name: string): Promise<string> {
  const { stdout } = await run('npm', ['run', '--silent', 'api-key', '--', '--workspace', workspace, '--name', name], {
    env: { ...process.env, NODE_ENV: 'production', DATABASE_URL: '', DATA_DIR: seededData },
  })
  return stdout.trim()
}

/** Keys in the seeded data, made once in a run: a test that fails gets a new worker, which finds them here. */
async function makeKeys(): Promise<Api['keys']> {
  const keysFile = ownFolder('api-keys.json')
  if (existsSync(keysFile)) return JSON.parse(readFileSync(keysFile, 'utf8'))
  const keys = {
    demo: await makeKey('demo', 'Tests'),
    second: await makeKey('demo', 'Another program'),
    other: await makeKey('other', 'Tests'),
  }
  writeFileSync(keysFile, JSON.stringify(keys))
  return keys
}

/** Seam's client as anybody makes it, except that what it is answered is looked at on its way. */
export function seamClient(url: string, apiKey: string, headers: Record<string, string> = {}): Seam {
  const seam = new Seam({ apiKey, endpoint: url, axiosOptions: { headers } })
  seam.client.interceptors.response.use((response) => {
    expect(response.headers['seam-request-id'], 'seam-request-id').toMatch(/^[0-9a-f-]{36}$/)
    expect(response.headers['content-type'], 'Content-Type').toMatch(/^application\/json\b/)
    checkSuccess(response.config.method ?? '', new URL(response.config.url ?? '', url).pathname, response.data)
    return response
  })
  return seam
}

export const test = base.extend<Fixtures, { api: Api }>({
  api: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern
    async ({}, use, worker) => {
      const keys = await makeKeys()
      const data = ownFolder(`api-${worker.workerIndex}`)
      cpSync(seededData, data, { recursive: true })
      const server = await startOwnServer(data, { DEMO: '1', WEBHOOKS_ALLOW_PRIVATE: '1' })
      await use({ dashboardUrl: server.url, url: `${server.url}/api`, keys })
      const { exitCode } = await server.stop()
      expect(exitCode, 'the server stopped cleanly').toBe(0)
      expect(server.output(), 'what the server wrote').not.toContain('API request failed')
    },
    { scope: 'worker', timeout: 240_000 },
  ],
  seam: async ({ api }, use) => use(seamClient(api.url, api.keys.demo)),
  stranger: async ({ api }, use) => use(seamClient(api.url, api.keys.other)),
  plain: async ({ api }, use) =>
    use((method, path, given = {}) => call(api.url, method, path, { key: api.keys.demo, ...given })),
  read: async ({ plain }, use) =>
    use(async (path, parameters = {}) => {
      const byPost = await plain('POST', path, { body: parameters })
      const byGet = await plain('GET', path, { query: parameters })
      expect(byPost.status, `POST ${path}`).toBe(200)
      expect(byGet.body, `GET ${path} answers like POST`).toEqual(byPost.body)
      return byGet.body
    }),
})

export { expect }

/** Letters that nothing else has, so that tests never meet each other's people. */
export const unique = () => crypto.randomUUID().slice(0, 8)

/** The refusal that a call of the SDK ended with. */
export async function refusalOf(promise: PromiseLike<unknown>): Promise<unknown> {
  return promise.then(
    () => expect(null, 'the call was not refused').toBe('a refusal'),
    (error) => error,
  )
}

/** An id that nothing has. */
export const unknownId = () => crypto.randomUUID()
