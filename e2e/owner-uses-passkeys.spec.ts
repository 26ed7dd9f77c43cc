import { accessibilityViolations } from './support/accessibility'
import { codeOf } from './support/authenticator'
import { ownFolder } from './support/folders'
import { type OwnServer, startOwnServer } from './support/own-server'
import { expect, open, type Page, test, toast } from './support/test'

// On a server of its own, with an account of its own, which has a password.
test.describe.configure({ mode: 'serial' })
test.use({ storageState: { cookies: [], origins: [] } })
test.slow()

const password = 'trombone saddle 91'
let server: OwnServer
let address = ''

test.beforeAll(async () => {
  server = await startOwnServer(ownFolder('passkeys'))
  // Browsers make passkeys for names only, and the server takes itself to be at this one.
  address = server.url.replace('127.0.0.1', 'localhost')
})
test.afterAll(async () => {
  await server?.stop()
})

/** Gives the browser a device that knows its owner by their finger; `recognises`: whether it does. */
async function addDevice(page: Page) {
  const session = await page.context().newCDPSession(page)
  await session.send('WebAuthn.enable')
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true },
      ...{ isUserVerified: true, automaticPresenceSimulation: true },
    },
  })
  return {
    recognises: (isUserVerified: boolean) =>
      session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }),
    passkeys: async () => (await session.send('WebAuthn.getCredentials', { authenticatorId })).credentials.length,
  }
}

const section = (page: Page) => page.getByRole('region', { name: 'Passkeys' })
const passkeyButton = (page: Page) => page.getByRole('button', { name: 'Sign in with a passkey' })

test('an owner adds a passkey and signs in by it, without password and code, until it is removed', async ({ page }) => {
  const device = await addDevice(page)
  await open(page, `${address}/setup`)
  await page.getByLabel('Your name').fill('Robin Owner')
  await page.getByRole('textbox', { name: 'Email address' }).fill('robin@example.com')
  await page.getByLabel('Password').fill(password)
  await page.getByLabel('Workspace name').fill('Seaview Homes')
  await page.getByRole('button', { name: 'Create workspace' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()

  // Two-factor authentication is on: a passkey stands for both.
  await open(page, `${address}/settings/account`)
  const twoFactor = page.getByRole('region', { name: 'Two-factor authentication' })
  await twoFactor.getByLabel('Your password').fill(password)
  await twoFactor.getByRole('button', { name: 'Set up an app' }).click()
  const key = (await twoFactor.locator('code').textContent()) ?? ''
  await page.getByRole('textbox', { name: 'Code', exact: true }).fill(codeOf(key))
  await page.getByRole('button', { name: 'Turn on' }).click()
  const codes = twoFactor.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem')
  await expect(codes).toHaveCount(10)
  const recoveryCodes = await codes.allTextContents()
  await page.getByRole('link', { name: 'I have saved the codes' }).click()

  await open(page, `${address}/settings/account`)
  await section(page).getByRole('button', { name: 'Add a passkey…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add a passkey' })
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Work laptop')
  await dialog.getByLabel('Your password').fill('not it')
  await dialog.getByLabel('Code of your app').fill(recoveryCodes[0] ?? '')
  await dialog.getByRole('button', { name: 'Continue' }).click()
  await expect(dialog.getByText('This is not your current password.')).toBeVisible()
  expect(await device.passkeys()).toBe(0)
  expect(await accessibilityViolations(page)).toEqual([])
  await dialog.getByLabel('Your password').fill(password)
  await dialog.getByRole('button', { name: 'Continue' }).click()
  await expect(toast(page, 'The passkey “Work laptop” was added.')).toBeVisible()
  await expect(section(page).getByRole('listitem')).toContainText('never used')
  expect(await device.passkeys()).toBe(1)

  // The same device a second time is told so.
  await section(page).getByRole('button', { name: 'Add a passkey…' }).click()
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Again')
  await dialog.getByRole('button', { name: 'Use a passkey instead' }).click()
  await expect(dialog.getByText('This device has a passkey of your account already.')).toBeVisible()
  await page.keyboard.press('Escape')

  await page.context().clearCookies()
  await open(page, `${address}/sign-in?next=%2Fsettings%2Faccount`)
  expect(await accessibilityViolations(page)).toEqual([])
  await device.recognises(false)
  await passkeyButton(page).click()
  await expect(page.getByText('No passkey was given.')).toBeVisible()
  await device.recognises(true)
  await passkeyButton(page).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Account' })).toBeVisible()
  await expect(section(page).getByRole('listitem')).toContainText('last used')

  await section(page).getByRole('button', { name: 'Rename Work laptop' }).click()
  await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('Old laptop')
  await page.getByRole('button', { name: 'Rename', exact: true }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(section(page).getByText('Old laptop')).toBeVisible()
  expect(await accessibilityViolations(page)).toEqual([])
  await section(page).getByRole('button', { name: 'Remove Old laptop' }).click()
  await page.getByRole('button', { name: 'Remove passkey' }).click()
  await expect(page.getByText('Enter your password.')).toBeVisible()
  // A passkey stands for the password and the code.
  await page.getByRole('button', { name: 'Use a passkey instead' }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(section(page).getByRole('listitem')).toHaveCount(0)

  await page.context().clearCookies()
  await open(page, `${address}/sign-in`)
  await passkeyButton(page).click()
  await expect(page.getByText('This passkey is not known here')).toBeVisible()
})

test('where the browser can make none for the address, nothing offers it', async ({ page }) => {
  await open(page, `${server.url}/sign-in`)
  await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible()
  await expect(passkeyButton(page)).toHaveCount(0)
})
