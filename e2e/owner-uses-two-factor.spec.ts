import { readFile } from 'node:fs/promises'
import { accessibilityViolations } from './support/accessibility'
import { codeOf } from './support/authenticator'
import { ownFolder } from './support/folders'
import { type OwnServer, startOwnServer } from './support/own-server'
import { setUpSeaviewHomes } from './support/set-up'
import { expect, open, type Page, test, toast } from './support/test'

// One story on a server of its own: the account that all tests share has no password.
test.describe.configure({ mode: 'serial' })
test.use({ storageState: { cookies: [], origins: [] } })
test.slow()

const password = 'trombone saddle 91'
let server: OwnServer
let key = ''
let recoveryCodes: string[] = []

test.beforeAll(async () => {
  server = await startOwnServer(ownFolder('two-factor'), { TRUST_PROXY: '1' })
})
test.afterAll(async () => {
  await server?.stop()
})

const section = (page: Page) => page.getByRole('region', { name: 'Two-factor authentication' })
const codeField = (page: Page) => page.getByRole('textbox', { name: 'Code', exact: true })

/** Comes from another address each time: that of all tests is held up after a few. */
let visits = 0
const comeFromElsewhere = (page: Page) => page.setExtraHTTPHeaders({ 'x-forwarded-for': `198.51.100.${++visits}` })

async function enterPassword(page: Page, next = ''): Promise<void> {
  await comeFromElsewhere(page)
  await open(page, `${server.url}/sign-in${next && `?next=${encodeURIComponent(next)}`}`)
  await page.getByRole('textbox', { name: 'Email address' }).fill('robin@example.com')
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

test('an owner turns two-factor authentication on, by an app, and saves the recovery codes', async ({ page }) => {
  await setUpSeaviewHomes(page, server.url, password)

  await open(page, `${server.url}/settings/account`)
  await section(page).getByLabel('Your password').fill('not it')
  await section(page).getByRole('button', { name: 'Set up an app' }).click()
  await expect(section(page).getByText('This is not your current password.')).toBeVisible()
  await section(page).getByLabel('Your password').fill(password)
  await section(page).getByRole('button', { name: 'Set up an app' }).click()
  await expect(section(page).getByRole('img', { name: 'QR code of the key' })).toBeVisible()
  expect(await accessibilityViolations(page)).toEqual([])
  key = (await section(page).locator('code').textContent()) ?? ''

  const right = codeOf(key)
  await codeField(page).fill(right === '000000' ? '000001' : '000000')
  await page.getByRole('button', { name: 'Turn on' }).click()
  await expect(section(page).getByText('This is not the code that your app shows now.')).toBeVisible()
  await expect(section(page).getByRole('img', { name: 'QR code of the key' })).toBeVisible()
  await codeField(page).fill(codeOf(key))
  await page.getByRole('button', { name: 'Turn on' }).click()

  await expect(section(page).getByRole('heading', { name: /Save your recovery codes/ })).toBeFocused()
  recoveryCodes = await section(page)
    .getByRole('list', { name: 'Recovery codes' })
    .getByRole('listitem')
    .allTextContents()
  expect(recoveryCodes).toHaveLength(10)
  expect(await accessibilityViolations(page)).toEqual([])
  const download = page.waitForEvent('download')
  await section(page).getByRole('link', { name: 'Download' }).click()
  expect((await readFile(await (await download).path(), 'utf8')).trim().split('\n')).toEqual(recoveryCodes)

  await section(page).getByRole('link', { name: 'I have saved the codes' }).click()
  await expect(section(page).getByText('10 of them are left')).toBeVisible()
  await expect(page.getByText(recoveryCodes[0] ?? '')).toHaveCount(0)
  await open(page, `${server.url}/settings/members`)
  await expect(page.getByRole('list', { name: 'Members' }).getByText('Two-factor on')).toBeVisible()
})

test('signing in asks for the code of the app after the password, and each code counts once', async ({ page }) => {
  await enterPassword(page, '/settings/members')
  await expect(page.getByRole('heading', { level: 1, name: 'Enter your code' })).toBeVisible()
  await expect(codeField(page)).toBeFocused()
  await expect(codeField(page)).toHaveAttribute('autocomplete', 'one-time-code')
  expect(await accessibilityViolations(page)).toEqual([])
  // The password alone opens nothing.
  await page.goto(`${server.url}/identities`)
  await expect(page).toHaveURL(/\/sign-in\?next/)
  await page.goBack()

  await codeField(page).fill('12345')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Enter the six digits')).toBeVisible()
  const code = codeOf(key, 1)
  await codeField(page).fill(code)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Members' })).toBeVisible()

  await page.context().clearCookies()
  await enterPassword(page)
  await codeField(page).fill(code)
  await page.keyboard.press('Enter')
  await expect(page.getByText('This code was used already')).toBeVisible()
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('a recovery code signs in once, and tells how many are left', async ({ page }) => {
    const enterPasswordPlainly = async () => {
      await comeFromElsewhere(page)
      await page.goto(`${server.url}/sign-in?next=%2Fsettings%2Faccount`)
      await page.getByRole('textbox', { name: 'Email address' }).fill('robin@example.com')
      await page.getByLabel('Password').fill(password)
      await page.getByRole('button', { name: 'Sign in', exact: true }).click()
      await page.getByRole('link', { name: 'Use a recovery code' }).click()
    }
    const [first = '', second = ''] = recoveryCodes
    await enterPasswordPlainly()
    await page.getByRole('textbox', { name: 'Recovery code' }).fill('k7m2p-x4qhd')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByText('This is none of your recovery codes')).toBeVisible()
    await page.getByRole('textbox', { name: 'Recovery code' }).fill(first.toUpperCase())
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByText('That recovery code is used up. 9 are left.')).toBeVisible()
    await page.getByRole('link', { name: 'Continue' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Account' })).toBeVisible()

    await page.context().clearCookies()
    await enterPasswordPlainly()
    await page.getByRole('textbox', { name: 'Recovery code' }).fill(first)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByText('or it was used already')).toBeVisible()
    await page.getByRole('textbox', { name: 'Recovery code' }).fill(second)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('link', { name: 'your account' }).click()

    // New recovery codes, turned off, and on again: all of it by plain forms.
    await page.getByText('New recovery codes…').click()
    await section(page).getByLabel('Your password').first().fill('not it')
    await section(page).getByRole('button', { name: 'Make new codes' }).click()
    await expect(section(page).getByText('Enter the code that your app shows, or a recovery code.')).toBeVisible()
    await section(page).getByLabel('Your password').first().fill(password)
    await section(page).getByRole('button', { name: 'Make new codes' }).click()
    await expect(section(page).getByText('Enter the code that your app shows, or a recovery code.')).toBeVisible()
    await section(page).getByLabel('Your password').first().fill(password)
    await section(page)
      .getByLabel('Code of your app')
      .first()
      .fill(recoveryCodes[2] ?? '')
    await section(page).getByRole('button', { name: 'Make new codes' }).click()
    await expect(section(page).getByRole('list', { name: 'Recovery codes' }).getByRole('listitem')).toHaveCount(10)
    await expect(section(page).getByText(recoveryCodes[2] ?? '')).toHaveCount(0)
    const [renewed = ''] = await section(page)
      .getByRole('list', { name: 'Recovery codes' })
      .getByRole('listitem')
      .allTextContents()
    await section(page).getByRole('link', { name: 'I have saved the codes' }).click()
    await section(page).getByText('Turn off…').click()
    await section(page).getByLabel('Your password').last().fill(password)
    await section(page).getByLabel('Code of your app').last().fill(renewed)
    await section(page).getByRole('button', { name: 'Turn off two-factor authentication' }).click()
    await expect(section(page).getByRole('button', { name: 'Set up an app' })).toBeVisible()

    await section(page).getByLabel('Your password').fill(password)
    await section(page).getByRole('button', { name: 'Set up an app' }).click()
    key = (await section(page).locator('code').textContent()) ?? ''
    await codeField(page).fill('12345')
    await page.getByRole('button', { name: 'Turn on' }).click()
    await expect(section(page).getByText('Enter the six digits that your app shows.')).toBeVisible()
    await codeField(page).fill(codeOf(key))
    await page.getByRole('button', { name: 'Turn on' }).click()
    recoveryCodes = await section(page)
      .getByRole('list', { name: 'Recovery codes' })
      .getByRole('listitem')
      .allTextContents()
    expect(recoveryCodes).toHaveLength(10)
  })
})

test('turned off, the password alone is enough again', async ({ page }) => {
  await enterPassword(page, '/settings/account')
  await codeField(page).fill(codeOf(key, 1))
  await page.keyboard.press('Enter')
  await page.getByText('Turn off…').click()
  expect(await accessibilityViolations(page)).toEqual([])
  await section(page).getByLabel('Your password').last().fill(password)
  await section(page)
    .getByLabel('Code of your app')
    .last()
    .fill(recoveryCodes[0] ?? '')
  await section(page).getByRole('button', { name: 'Turn off two-factor authentication' }).click()
  await expect(toast(page, 'Two-factor authentication is off.')).toBeVisible()
  await page.context().clearCookies()
  await enterPassword(page, '/settings/account')
  await expect(section(page).getByRole('button', { name: 'Set up an app' })).toBeVisible()
})
