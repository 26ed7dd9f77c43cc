/* Who runs the server watches over it, and stops it while it is at work. */
import { cpSync } from 'node:fs'
import { request } from 'node:http'
import { ownFolder, seededData } from '../support/folders'
import { startOwnServer } from '../support/own-server'
import { expect, test, unique } from './support/test'

const token = 'a-token-of-those-who-watch'

/** Begins a request of the API, all but the end of its body, and waits until the server has taken it up. */
async function beginRequest(url: string, apiKey: string, body: string) {
  const sent = request(url, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${apiKey}`,
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(body),
      'X-Request-Id': 'the-slow-request',
      Expect: '100-continue',
    },
  })
  const answered = new Promise<{ status?: number; text: string }>((resolve, reject) => {
    sent.once('error', reject)
    sent.once('response', async (response) => {
      let text = ''
      for await (const chunk of response) text += chunk
      resolve({ status: response.statusCode, text })
    })
  })
  await new Promise<void>((resolve) => {
    sent.once('continue', resolve)
    sent.flushHeaders()
  })
  sent.write(body.slice(0, 5))
  return { finish: () => sent.end(body.slice(5)), answered }
}

test('health, request ids, logs and metrics; then SIGTERM, which loses nothing', async ({ api }) => {
  test.slow()
  const data = ownFolder(`operations-${unique()}`)
  cpSync(seededData, data, { recursive: true })
  const server = await startOwnServer(data, {
    // Without it, the workspaces in the data have no owner, and everybody is sent to make one.
    DEMO: '1',
    METRICS_TOKEN: token,
    LOG_LEVEL: 'info',
    SHUTDOWN_DELAY_SECONDS: '5',
    SHUTDOWN_GRACE_SECONDS: '60',
  })
  try {
    for (const health of ['live', 'ready']) {
      const answer = await fetch(`${server.url}/api/health/${health}`)
      expect([answer.status, await answer.json()]).toEqual([200, { ok: true }])
    }

    const page = await fetch(`${server.url}/sign-in?next=/jane`)
    const given = await fetch(`${server.url}/sign-in`, { headers: { 'X-Request-Id': 'from-the-proxy' } })
    expect(given.headers.get('x-request-id')).toBe('from-the-proxy')
    const pageRequestId = page.headers.get('x-request-id')
    expect(pageRequestId).toMatch(/^[0-9a-f-]{36}$/)
    await Promise.all([page.text(), given.text()])

    expect((await fetch(`${server.url}/api/metrics`)).status).toBe(401)
    const metrics = await fetch(`${server.url}/api/metrics`, { headers: { Authorization: `Bearer ${token}` } })
    const samples = (await metrics.text()).split('\n')
    expect(samples).toContain('keyholder_http_requests_total{kind="page",route="/sign-in",method="GET",status="2xx"} 2')
    expect(samples).toContain('keyholder_database_up 1')

    const body = JSON.stringify({ full_name: 'Written While Stopping' })
    const slow = await beginRequest(`${server.url}/api/user_identities/create`, api.keys.demo, body)
    const stopped = server.stop()
    await expect
      .poll(async () => (await fetch(`${server.url}/api/health/ready`)).json())
      .toEqual({ ok: false, reason: 'stopping' })
    const live = () =>
      fetch(`${server.url}/api/health/live`).then(
        () => 'answers',
        () => 'takes no requests',
      )
    await expect.poll(live, { timeout: 30_000 }).toBe('takes no requests')
    slow.finish()
    const { status, text } = await slow.answered
    expect(status, text).toBe(200)
    expect(JSON.parse(text).user_identity.full_name).toBe('Written While Stopping')
    expect((await stopped).exitCode).toBe(0)

    const output = server.output()
    const lines = output.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line)] : []))
    expect(lines.filter(({ request_id }) => request_id === pageRequestId)).toMatchObject([
      { level: 'info', msg: 'Request', kind: 'page', route: '/sign-in', status: 200 },
    ])
    expect(lines.filter(({ request_id }) => request_id === 'the-slow-request')).toMatchObject([
      { level: 'info', msg: 'API request', path: '/user_identities/create', status: 200 },
    ])
    expect(output).not.toContain('health')
    expect(output).not.toContain('jane')
  } finally {
    await server.stop()
  }
})

test('a server whose configuration is wrong names every mistake, and does not start', async () => {
  const wrong = {
    PORT: 'http',
    DEMO: 'maybe',
    DATABASE_URL: 'mysql://keeper:hunter2@localhost/keys',
    LOG_LEVEL: 'loud',
  }
  const refusal = await startOwnServer(ownFolder('never-made'), wrong).then(
    () => '',
    (error: Error) => error.message,
  )
  expect(refusal).toMatch(/^The server ended with 1:\nThe configuration is wrong:\n/)
  for (const name of ['PORT', 'DEMO', 'DATABASE_URL', 'LOG_LEVEL', 'AUTH_SECRET']) {
    expect(refusal).toMatch(new RegExp(`^ {2}${name} .+$`, 'm'))
  }
  expect(refusal).not.toContain('hunter2')
})
