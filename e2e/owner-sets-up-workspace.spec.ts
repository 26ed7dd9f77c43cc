import type { Page } from '@playwright/test'
import { ownFolder } from './support/folders'
import { type OwnServer, startOwnServer } from './support/own-server'
import { expect, test } from './support/test'

// One story on a server of its own, with an empty data folder and the demo off.
test.describe.configure({ mode: 'serial' })
test.use({ storageState: { cookies: [], origins: [] } })

const dataFolder = ownFolder('first-run')
const owner = { name: 'Robin Álvarez', email: 'robin@example.com', password: 'a long enough password' }
let server: OwnServer

test.beforeAll(async () => {
  server = await startOwnServer(dataFolder)
})
test.afterAll(async () => {
  await server?.stop()
})

test('is led to set up on the first run, and becomes the owner', async ({ page }) => {
  await page.goto(`${server.url}/identities`)
  await expect(page).toHaveURL(`${server.url}/setup`)
  await expect(page.getByRole('button', { name: 'Explore the demo' })).toHaveCount(0)
  await page.getByLabel('Your name').fill(owner.name)
  await page.getByRole('textbox', { name: 'Email address' }).fill(owner.email)
  await page.getByLabel('Password').fill(owner.password)
  await page.getByLabel('Workspace name').fill('Álvarez Properties')
  await page.getByLabel('Country').selectOption('Germany')
  await page.getByRole('button', { name: 'Create workspace' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Workspace: Álvarez Properties' })).toBeVisible()
  await expect(page.getByText('Start with the first person')).toBeVisible()

  // There is nothing to reset in a workspace that is not the demo's.
  await page.getByRole('button', { name: 'Workspace: Álvarez Properties' }).click()
  await expect(page.getByRole('menuitem', { name: 'Álvarez Properties' })).toBeVisible()
  await expect(page.getByRole('menuitem', { name: 'Reset demo…' })).toHaveCount(0)
  await page.keyboard.press('Escape')

  // Everywhere empty, with what to do first; numbers without country code are German.
  await page.goto(`${server.url}/access-systems`)
  await expect(page.getByText('No access system yet')).toBeVisible()
  await page.goto(`${server.url}/identities`)
  await expect(page.getByText('Nobody here yet')).toBeVisible()
  await page.getByRole('main').getByRole('link', { name: 'New identity' }).last().click()
  await page.getByRole('textbox', { name: 'Full name' }).fill('Erika Mustermann')
  await page.getByRole('textbox', { name: 'Phone number' }).fill('030 901820')
  await page.getByRole('button', { name: 'Create identity' }).click()
  await expect(page.getByText('+49 30 901820')).toBeVisible()
  await expect(page.getByText('This workspace has no access system yet.')).toBeVisible()
})

test('nobody sets up a second time, and there is no demo', async ({ page }) => {
  await page.goto(`${server.url}/setup`)
  await expect(page).toHaveURL(`${server.url}/sign-in`)
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Explore the demo' })).toHaveCount(0)
})

test('is refused a wrong password, then signs in and comes to the page that was asked for', async ({
  page,
  problems,
}) => {
  // It waits for a server to stop and another to start, and the page may ask in between.
  test.slow()
  // Refused, or reset where it asked in the very moment.
  problems.expect(/ERR_CONNECTION_(REFUSED|RESET)/)
  await page.goto(`${server.url}/identities?q=erika`)
  await expect(page).toHaveURL(/\/sign-in\?next=/)
  await page.getByRole('textbox', { name: 'Email address' }).fill(owner.email)
  await page.getByLabel('Password').fill('not the password')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByText('This email address and password do not match.')).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Email address' })).toHaveValue(owner.email)
  await page.getByLabel('Password').fill(owner.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page).toHaveURL(`${server.url}/identities?q=erika`)
  await expect(page.getByRole('link', { name: 'Erika Mustermann' })).toBeVisible()

  const cookie = (await page.context().cookies()).find(({ name }) => name.includes('session'))
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax' })

  // The server restarts: what was written is there, and so is the session.
  const { exitCode } = await server.stop()
  expect(exitCode).toBe(0)
  expect(server.output()).toContain('closing the database')
  server = await startOwnServer(dataFolder, { PORT: new URL(server.url).port })
  await page.reload()
  await expect(page.getByRole('link', { name: 'Erika Mustermann' })).toBeVisible()
})

test('a stranger who guesses is held up, and the owner gets in where they have signed in before', async ({
  page,
  browser,
}) => {
  const enter = async (where: Page, password: string) => {
    await where.getByRole('textbox', { name: 'Email address' }).fill(owner.email)
    await where.getByLabel('Password').fill(password)
    await where.getByRole('button', { name: 'Sign in' }).click()
  }
  const overview = page.getByRole('heading', { level: 1, name: 'Overview' })
  await page.goto(`${server.url}/sign-in`)
  await enter(page, owner.password)
  await expect(overview).toBeVisible()
  await page.context().clearCookies({ name: /session/ })

  const stranger = await (await browser.newContext()).newPage()
  await stranger.goto(`${server.url}/sign-in`)
  const wrong = stranger.getByText('This email address and password do not match.')
  const refused = stranger.getByText(/^Too many attempts with a wrong password\. Wait \d+ seconds, then try again\.$/)
  await expect(async () => {
    await enter(stranger, 'not the password')
    await expect(wrong.or(refused)).toBeVisible()
    await expect(stranger.getByRole('button', { name: 'Sign in' })).not.toHaveAttribute('aria-busy', 'true')
    expect(await refused.isVisible()).toBe(true)
  }).toPass({ intervals: [0] })
  // The right password does not help there.
  await enter(stranger, owner.password)
  await expect(refused).toBeVisible()
  await stranger.context().close()

  await page.goto(`${server.url}/sign-in`)
  await enter(page, owner.password)
  await expect(overview).toBeVisible()
})

test('a second server on the same data folder is refused', async () => {
  await expect(startOwnServer(dataFolder)).rejects.toThrow(/is in use by another Keyholder process/)
})

test('the server stops cleanly although its terminal is gone', async () => {
  server.closeOutput()
  expect(await server.stop()).toEqual({ exitCode: 0 })
})
