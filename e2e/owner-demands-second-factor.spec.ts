import { accessibilityViolations } from './support/accessibility'
import { codeOf } from './support/authenticator'
import { ownFolder } from './support/folders'
import { type OwnServer, startOwnServer } from './support/own-server'
import { setUpSeaviewHomes } from './support/set-up'
import { expect, open, type Page, test, toast } from './support/test'

// On a server of its own: whom a workspace lets in is not for one that other tests use.
test.use({ storageState: { cookies: [], origins: [] } })
test.slow()

const password = 'trombone saddle 91'
let server: OwnServer

test.beforeAll(async () => {
  server = await startOwnServer(ownFolder('second-factor'))
})
test.afterAll(async () => {
  await server?.stop()
})

/** Turns two-factor authentication on and gives a recovery code. */
async function turnTwoFactorOn(page: Page): Promise<string> {
  const section = page.getByRole('region', { name: 'Two-factor authentication' })
  await section.getByLabel('Your password').fill(password)
  await section.getByRole('button', { name: 'Set up an app' }).click()
  await expect(section.getByRole('img', { name: 'QR code of the key' })).toBeVisible()
  const key = (await section.locator('code').textContent()) ?? ''
  await page.getByRole('textbox', { name: 'Code', exact: true }).fill(codeOf(key))
  await page.getByRole('button', { name: 'Turn on' }).click()
  await expect(section.getByRole('heading', { name: /Save your recovery codes/ })).toBeVisible()
  const codes = await section.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem').allTextContents()
  return codes[0] ?? ''
}

test('an owner requires a second factor, and a member without one sets it up before they see anything', async ({
  page,
  browser,
  problems,
}) => {
  await setUpSeaviewHomes(page, server.url, password)
  await open(page, `${server.url}/settings/members/invite`)
  await page.getByRole('radio', { name: 'Viewer' }).check()
  await page.getByRole('button', { name: 'Create invitation link' }).click()
  const link = await page.getByRole('textbox', { name: 'Invitation link' }).inputValue()

  // Who has none could not come in again.
  await open(page, `${server.url}/settings/workspace`)
  const section = page.getByRole('region', { name: 'Second factor' })
  await expect(section.getByRole('button')).toHaveCount(0)
  await section.getByRole('link', { name: 'your account' }).click()
  const recoveryCode = await turnTwoFactorOn(page)
  await open(page, `${server.url}/settings/workspace`)
  expect(await accessibilityViolations(page)).toEqual([])
  await section.getByRole('button', { name: 'Require it' }).click()
  await expect(toast(page, 'A second factor is required now.')).toBeVisible()
  await expect(section.getByText('Required of every member.')).toBeVisible()

  const guest = await browser.newContext({ storageState: { cookies: [], origins: [] } })
  problems.watch(guest)
  const sam = await guest.newPage()
  await open(sam, server.url + new URL(link).pathname)
  await sam.getByLabel('Your name').fill('Sam Viewer')
  await sam.getByRole('textbox', { name: 'Email address' }).fill('sam@example.com')
  await sam.getByLabel('Password').fill(password)
  await sam.getByRole('button', { name: 'Create account and join' }).click()
  const held = sam.getByRole('heading', { level: 1, name: 'A second factor is required' })
  await expect(held).toBeVisible()
  expect(await accessibilityViolations(sam)).toEqual([])
  await open(sam, `${server.url}/identities`)
  await expect(held).toBeVisible()
  await sam.getByRole('link', { name: 'Set up a second factor' }).click()
  await turnTwoFactorOn(sam)
  await open(sam, `${server.url}/identities`)
  await expect(sam.getByRole('heading', { level: 1, name: 'Identities' })).toBeVisible()
  await guest.close()

  // Whoever finds the owner's browser open can't.
  await section.getByRole('button', { name: 'Make it optional…' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByLabel('Your password')).toBeVisible()
  expect(await accessibilityViolations(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Make it optional' }).click()
  await expect(dialog.getByText('Enter your password.').first()).toBeVisible()
  await dialog.getByLabel('Your password').fill(password)
  await dialog.getByLabel('Code of your app, or a recovery code').fill(recoveryCode)
  await dialog.getByRole('button', { name: 'Make it optional' }).click()
  await expect(toast(page, 'A second factor is optional now.')).toBeVisible()
  await expect(section.getByText('Up to each member.')).toBeVisible()
  await open(page, `${server.url}/events`)
  await expect(page.getByText('changed the settings of the workspace')).toHaveCount(2)
})
