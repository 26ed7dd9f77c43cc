import { cpSync, readFileSync } from 'node:fs'
import { request } from 'node:http'
import { ownFolder, seededData } from './support/folders'
import { type OwnServer, startOwnServer } from './support/own-server'
import { expect, test } from './support/test'

type Asked = { method?: string; path?: string; headers?: Record<string, string>; body?: string }

let server: OwnServer
let outputAtStart: string

// One server for all of them.
test.describe.configure({ mode: 'default' })

test.beforeAll(async () => {
  const folder = ownFolder('garbage-data')
  cpSync(seededData, folder, { recursive: true })
  // Without a log, all that is still written is what nobody foresaw.
  server = await startOwnServer(folder, {
    DEMO: '0',
    LOG_LEVEL: 'silent',
    SECURITY_CONTACT: 'mailto:security@example.com',
  })
  outputAtStart = server.output()
})
test.afterEach(() => expect(server.output()).toBe(outputAtStart))
test.afterAll(async () => {
  await server?.stop()
})

/** Sends what no browser would, and gives the answer's status. */
function ask({ method = 'GET', path = '/sign-in', headers = {}, body }: Asked): Promise<number | undefined> {
  const { port, host } = new URL(server.url)
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, method, path, headers: { host, ...headers } }, (response) => {
      response.resume().once('end', () => resolve(response.statusCode))
    })
    sent.once('error', reject).end(body)
  })
}

const manifest = JSON.parse(readFileSync('.next/server/server-reference-manifest.json', 'utf8'))
const actions = Object.entries<{ exportedName: string }>(manifest.node)
const actionId = (name: string) => actions.find(([, { exportedName }]) => exportedName === name)?.[0] ?? ''
const form = (name: string, value = '') => ({
  headers: { 'content-type': 'multipart/form-data; boundary=x' },
  body: `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n--x--\r\n`,
})
const asText = (body: string) => ({ headers: { 'content-type': 'text/plain;charset=UTF-8' }, body })
const callOf = (name: string, { headers, body }: { headers: Record<string, string>; body: string }) => ({
  method: 'POST',
  headers: { ...headers, 'next-action': actionId(name), origin: server.url },
  body,
})

test('an address that cannot be decoded is the client’s fault', async () => {
  for (const path of ['/identities/%00%ff', '/%ff', '/data/identities/%ff/timeline', '/reset-password/%E0%A4%A', '*']) {
    expect(await ask({ path }), path).toBe(400)
  }
  expect(await ask({ path: '/_next/image?url=/icon.svg&w=64&q=75' })).toBe(404)
})

test('a change that another site asks for is refused, whatever it claims', async () => {
  const call = { ...asText('[null,"$K1"]').headers, 'next-action': actionId('signIn') }
  const claims = { 'x-forwarded-host': 'attacker.example', forwarded: 'host=attacker.example' }
  for (const origin of ['https://attacker.example', 'null', 'garbage']) {
    const headers = { ...call, ...claims, origin }
    expect(await ask({ method: 'POST', headers, body: '[]' }), origin).toBe(403)
    const posted = form(`$ACTION_ID_${actionId('exploreDemo')}`)
    expect(await ask({ method: 'POST', ...posted, headers: { ...posted.headers, ...claims, origin } })).toBe(403)
  }
})

test('an action that cannot be read is the client’s fault', async () => {
  for (const garbage of [
    ...[asText(''), asText('garbage{'), asText('null'), asText('[1,2]'), asText('["$n0x","$K1"]'), asText('["$@1"]')],
    ...[form('0', 'garbage{'), form('0', '["$7"]'), form('1', ''), { ...form(''), body: 'cut off' }],
    { headers: { 'content-type': 'multipart/form-data' }, body: 'x' },
  ]) {
    expect(await ask(callOf('signIn', garbage)), `signIn: ${garbage.body}`).toBe(400)
    // This one asks who acts before it looks at what it was sent.
    expect(await ask(callOf('createIdentity', garbage)), `createIdentity: ${garbage.body}`).toBeLessThan(500)
  }
  expect(await ask(callOf('signIn', asText(JSON.stringify('x'.repeat(1_200_000)))))).toBe(413)
  for (const posted of [form('0', 'x'), form(`$ACTION_ID_${actionId('signIn')}`), { ...form(''), body: 'cut off' }]) {
    expect(await ask({ method: 'POST', ...posted }), posted.body).toBe(400)
  }
})

test('there is no way into a demo that is off', async () => {
  expect(await ask(callOf('exploreDemo', form('0', '["$K1"]')))).toBe(404)
  expect(await ask({ method: 'POST', ...form(`$ACTION_ID_${actionId('exploreDemo')}`) })).toBe(404)
})

test('whoever finds a vulnerability reads whom to tell', async ({ request: browser }) => {
  const answer = await browser.get(`${server.url}/.well-known/security.txt`)
  expect(answer.headers()['content-type']).toBe('text/plain; charset=utf-8')
  expect(await answer.text()).toMatch(
    /^Contact: mailto:security@example\.com\r\nExpires: \d{4}-\d{2}-\d{2}T00:00:00Z\r\n$/,
  )
})
