import { readdirSync, readFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { demoSession, otherSession } from './support/folders'
import { expect, notFoundInConsole, open, test } from './support/test'

const noSession = { cookies: [], origins: [] }
const someId = '01890a5d-ac96-774b-bcce-b302099a8057'

test.describe('without a session', () => {
  test.use({ storageState: noSession })

  test('every page leads to signing in, and back to itself afterwards', async ({ page, request }) => {
    for (const address of [
      '/',
      '/identities',
      '/identities/new',
      '/identities/duplicates',
      `/identities/merge?one=${someId}&other=${someId}`,
      `/identities/${someId}`,
      '/access-systems',
      `/access-systems/${someId}`,
      `/acs-users/${someId}`,
      `/identities/${someId}/timeline`,
      '/events',
      '/import',
      `/import/${someId}`,
      '/reconcile',
      '/settings/workspace',
      '/settings/account',
      '/settings/members',
      '/settings/members/invite',
      '/settings/api-keys',
      '/settings/webhooks',
      '/workspaces/new',
      '/second-factor',
    ]) {
      const response = await request.get(address, { maxRedirects: 0 })
      expect(response.status(), address).toBe(307)
      expect(response.headers().location, address).toBe(
        address === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(address)}`,
      )
    }
    for (const address of ['/sign-in/code', '/sign-in/recovery-code-used']) {
      const response = await request.get(address, { maxRedirects: 0 })
      expect(response.headers().location, address).toBe('/sign-in?next=%2F')
    }
    const address = '/identities?q=whitfield+jane&sort=name'
    await page.goto(address)
    await expect(page).toHaveTitle('Sign in · Keyholder')
    await page.getByRole('button', { name: 'Explore the demo' }).click()
    await expect(page).toHaveURL(new RegExp(`${address.replace(/[?+]/g, '\\$&')}$`))
    await expect(page.getByRole('link', { name: 'Jane Whitfield' })).toBeVisible()
  })

  test('signing in never leads to another site', async ({ page, baseURL }) => {
    for (const next of ['https://example.com/', '//example.com', '/\\example.com', 'javascript:alert(1)']) {
      await page.context().clearCookies()
      await page.goto(`/sign-in?next=${encodeURIComponent(next)}`)
      await page.getByRole('button', { name: 'Explore the demo' }).click()
      await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
      expect(new URL(page.url()).origin).toBe(baseURL)
    }
  })

  test('every data route answers 401 and tells nothing', async ({ request }) => {
    for (const address of [
      '/data/identities',
      '/data/identities/similar?full_name=Jane+Whitfield',
      `/data/identities/options?acs_user=${someId}`,
      `/data/acs-users/options?system=${someId}&identity=${someId}`,
      `/data/acs-users/access-groups?acs_user=${someId}`,
      `/data/acs-users/issue-options?acs_user=${someId}`,
      `/data/access-systems/${someId}/acs-users`,
      `/data/entrances/options?identity=${someId}&q=lobby`,
      '/data/search?q=jane',
      `/data/moves?ids=${someId}`,
      `/data/identities/${someId}/latest-event`,
      `/data/identities/${someId}/timeline`,
      '/data/events',
      '/data/reconcile',
      '/data/reconcile/certain',
      `/data/reconcile/standing?ids=${someId}`,
      '/data/events/export',
      '/data/identities/export',
      '/data/identities/selectable',
      `/data/access-systems/${someId}/acs-users/export`,
      `/data/imports/${someId}`,
      `/data/imports/${someId}/report`,
      '/data/imports/template',
    ]) {
      const response = await request.get(address, { maxRedirects: 0 })
      expect(response.status(), address).toBe(401)
      expect(await response.json(), address).toEqual({ error: expect.objectContaining({ kind: 'unauthenticated' }) })
    }
    for (const address of ['/data/identities/dependents', '/data/identities/export', '/data/reconcile/certain']) {
      const response = await request.post(address, { data: [someId], maxRedirects: 0 })
      expect(response.status(), address).toBe(401)
    }
  })

  test('a made-up link changes no password, and where no mail is sent one reads whom to ask', async ({ page }) => {
    await page.goto('/forgot-password')
    await expect(page.getByText('This server sends no email. Ask whoever runs it')).toBeVisible()
    await expect(page.getByRole('button')).toHaveCount(0)
    for (const token of ['x', 'a'.repeat(43), '..%2F..%2Fidentities', '%00']) {
      await page.goto(`/reset-password/${token}`)
      await expect(page.getByRole('heading', { level: 1, name: 'This link cannot be used' })).toBeVisible()
    }
    await page.getByRole('link', { name: 'Ask for a new link' }).click()
    await expect(page).toHaveURL(/\/forgot-password$/)
  })

  test('a made-up session cookie opens nothing', async ({ request }) => {
    const response = await request.get('/data/identities', {
      headers: { cookie: 'keyholder.session_token=abcdefghijklmnopqrstuvwxyz.abcdefghijklmnopqrstuvwxyz' },
    })
    expect(response.status()).toBe(401)
  })
})

test('who signs out is out, also by the back button and in another tab', async ({ browser, problems }) => {
  const context = await browser.newContext({ storageState: noSession })
  problems.watch(context)
  problems.expect(/status of 401/)
  const page = await context.newPage()
  await page.goto('/sign-in')
  await page.getByRole('button', { name: 'Explore the demo' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
  const tab = await context.newPage()
  await open(tab, '/identities')

  await page.getByRole('button', { name: 'Account: Dana Reyes' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page).toHaveURL(/\/sign-in$/)
  await page.goto('/identities')
  await expect(page).toHaveURL(/\/sign-in\?next=%2Fidentities$/)

  await tab.getByRole('searchbox', { name: 'Search people' }).fill('jane')
  await expect(tab.getByText('Your session has ended.')).toBeVisible()
  await context.close()
})

test('ids of another workspace are not found, whichever page or route is asked', async ({
  page,
  browser,
  problems,
}) => {
  problems.expect(notFoundInConsole)
  const other = await browser.newContext({ storageState: otherSession })
  const { items: people } = await (await other.request.get('/data/identities?problem=1')).json()
  const userIdentityId: string = people[0].userIdentityId
  const acsSystemId: string = people[0].links[0].acsSystemId
  const { items: users } = await (await other.request.get(`/data/access-systems/${acsSystemId}/acs-users`)).json()
  const acsUserId: string = users[0].acsUserId
  const addresses = [
    `/identities/${userIdentityId}`,
    `/identities/${userIdentityId}/timeline`,
    `/access-systems/${acsSystemId}`,
    `/acs-users/${acsUserId}`,
  ]
  for (const address of addresses) {
    expect((await other.request.get(address)).status(), `${address} in its own workspace`).toBe(200)
    const response = await page.goto(address)
    expect(response?.status(), address).toBe(404)
    await expect(page.getByText('There is nothing at this address')).toBeVisible()
  }
  for (const address of [
    `/data/access-systems/${acsSystemId}/acs-users`,
    `/data/identities/options?acs_user=${acsUserId}`,
    `/data/acs-users/options?system=${acsSystemId}&identity=${userIdentityId}`,
    `/data/identities/${userIdentityId}/timeline`,
    `/data/acs-users/access-groups?acs_user=${acsUserId}`,
    `/data/entrances/options?identity=${userIdentityId}`,
    `/identities/new?acs_user_id=${acsUserId}`,
  ]) {
    const response = await page.request.get(address)
    expect(response.status(), address).toBe(404)
    expect(await response.text(), address).not.toContain(people[0].displayName)
  }
  for (const holder of [`acs_user=${acsUserId}`, `identity=${userIdentityId}`]) {
    const options = await page.request.get(`/data/acs-users/issue-options?${holder}`)
    expect(await options.json(), holder).toEqual([])
  }
  const search = await page.request.get(`/data/search?q=${acsUserId}`)
  expect(await search.json()).toEqual([])
  expect(await (await page.request.get(`/data/moves?ids=${userIdentityId}`)).json()).toEqual([])
  const queue = await page.request.get(`/data/reconcile?system=${acsSystemId}`)
  expect(await queue.json()).toEqual({ rows: [], nextCursor: null })
  expect(await (await page.request.get(`/data/identities/${userIdentityId}/latest-event`)).json()).toBe(null)
  const theirs = await page.request.get(`/data/events?person=${userIdentityId}`)
  expect(await theirs.json()).toEqual({ entries: [], nextCursor: null })
  const file = await (await page.request.get(`/data/events/export?person=${userIdentityId}`)).text()
  expect(file.trim().split('\r\n')).toHaveLength(1)
  await other.close()
})

test('ids that are none are not found', async ({ page, problems }) => {
  problems.expect(notFoundInConsole)
  for (const place of ['identities', 'access-systems', 'acs-users']) {
    for (const id of ['1', 'not-a-uuid', someId, `${someId}0`, "'; drop table users; --", '%00', '../..%2fetc']) {
      const address = `/${place}/${encodeURIComponent(id)}`
      const response = await page.request.get(address)
      expect(response.status(), address).toBe(404)
    }
  }
  await page.goto('/identities/not-a-uuid')
  await expect(page.getByText('There is nothing at this address')).toBeVisible()
  await expect(page).toHaveTitle('Not found · Keyholder')
  await page.getByRole('link', { name: 'Go to the overview' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
  expect((await page.goto('/no-such-page'))?.status()).toBe(404)
})

test('a script that got into a page does not run, and nobody frames a page', async ({ page, problems }) => {
  problems.expect(/Content Security Policy|status of 404|React/)
  await page.route('**/identities', async (route) => {
    const response = await route.fetch()
    const smuggled = '<script>window.ranInline = true</script><img src="/nothing" onerror="window.ranHandler = true">'
    await route.fulfill({ response, body: (await response.text()).replace('</body>', `${smuggled}</body>`) })
  })
  const answers = [await page.goto('/identities'), await page.request.get('/sign-in')]
  const policies = answers.map((answer) => answer?.headers()['content-security-policy'] ?? '')
  for (const policy of policies) expect(policy).toMatch(/default-src 'none'.*frame-ancestors 'none'/)
  expect(policies[0], 'each answer has a nonce of its own').not.toBe(policies[1])
  await expect(page.getByRole('heading', { level: 1, name: 'Identities' })).toBeVisible()
  expect(await page.content()).toContain('ranInline')
  expect(await page.evaluate(() => ['ranInline', 'ranHandler'].filter((name) => name in window))).toEqual([])
})

test('every answer says that nobody keeps it, frames it or guesses its type', async ({ page, baseURL }) => {
  for (const address of ['/identities', '/sign-in', '/data/identities', '/data/identities/export', '/no-such-page']) {
    const headers = (await page.request.get(address)).headers()
    expect(headers['cache-control'], address).toContain('no-store')
    expect(headers['content-security-policy'], address).toContain("frame-ancestors 'none'")
    expect(headers['x-content-type-options'], address).toBe('nosniff')
    expect(headers['referrer-policy'], address).toBe('same-origin')
  }
  for (const address of ['/api/workspaces/get', '/api/openapi.json', '/api/nothing']) {
    const headers = (await page.request.get(address)).headers()
    expect(headers['cache-control'], address).toBe('no-store')
    expect(headers['content-security-policy'], address).toMatch(/frame-ancestors 'none'; sandbox$/)
    expect(headers['x-content-type-options'], address).toBe('nosniff')
  }
  const asset = /\/_next\/static\/[^"]+\.js/.exec(await (await page.request.get('/sign-in')).text())?.[0] ?? ''
  const headers = (await page.request.get(asset)).headers()
  expect(headers['x-content-type-options'], asset).toBe('nosniff')
  expect(headers['content-security-policy'], asset).toContain("frame-ancestors 'none'")

  const trace = await new Promise<{ status?: number; text: string }>((resolve, reject) => {
    const sent = request(`${baseURL}/identities`, { method: 'TRACE', headers: { cookie: 'a=secret' } })
    sent.on('error', reject)
    sent.on('response', async (response) => {
      let text = ''
      for await (const chunk of response) text += chunk
      resolve({ status: response.statusCode, text })
    })
    sent.end()
  })
  expect(trace).toEqual({ status: 405, text: '' })
})

test('no folder is listed, and no file of the server’s is given out', async ({ request }) => {
  for (const address of [
    ...['/.git/config', '/.git/', '/.env', '/.data/auth-secret', '/package.json', '/server.ts', '/lib/', '/.next/'],
    ...['/_next/', '/_next/static/', '/_next/static/chunks/', '/_next/static/../../package.json', '/..%2fpackage.json'],
  ]) {
    const response = await request.get(address, { maxRedirects: 0 })
    expect([307, 308, 400, 404], `${address}: ${response.status()}`).toContain(response.status())
    expect(await response.text(), address).not.toMatch(/keyholder-api-contract|repositoryformatversion|createServer/)
  }
})

test('nothing of the server’s is in what browsers load', () => {
  const folder = join(process.cwd(), '.next', 'static')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.js'))
  expect(files.length).toBeGreaterThan(10)
  const serverOnly =
    /AUTH_SECRET|DATABASE_URL|METRICS_TOKEN|process\.env\.(?!NODE_ENV)\w|pglite|drizzle-orm|whsec_[\w+/]{8}|seam_[\w]{16}/
  for (const file of files) expect(serverOnly.exec(readFileSync(join(folder, file), 'utf8'))?.[0], file).toBeUndefined()
})

test('another site cannot act in an admin’s name', async ({ playwright, baseURL }) => {
  const request = await playwright.request.newContext({ baseURL, storageState: demoSession })
  const page = await (await request.get('/identities/new')).text()
  const action = /name="(\$ACTION_(?:KEY|REF_\d|\d+:\d+))"/.exec(page)
  expect(action, 'the form names its action').not.toBeNull()
  const response = await request.post('/identities/new', {
    headers: { origin: 'https://attacker.example' },
    multipart: { full_name: 'Forged Person', [action?.[1] ?? '']: '' },
    maxRedirects: 0,
  })
  expect(response.status()).toBeGreaterThanOrEqual(400)
  const found = await (await request.get('/data/identities?q=Forged+Person')).json()
  expect(found.total).toBe(0)
  await request.dispose()
})
