import { accessibilityViolations } from './support/accessibility'
import { ownFolder } from './support/folders'
import { startMailServer } from './support/mail-server'
import { type OwnServer, startOwnServer } from './support/own-server'
import { setUpSeaviewHomes } from './support/set-up'
import { expect, open, type Page, test } from './support/test'

// One story on a server of its own: the shared one sends no mail.
test.describe.configure({ mode: 'serial' })
test.use({ storageState: { cookies: [], origins: [] } })
test.slow()

const password = 'a long enough password'
const newPassword = 'walnut harbour violin'
let mailServer: Awaited<ReturnType<typeof startMailServer>>
let server: OwnServer

test.beforeAll(async () => {
  mailServer = await startMailServer()
  server = await startOwnServer(ownFolder('mail'), {
    SMTP_URL: mailServer.url,
    MAIL_FROM: 'Keyholder <keyholder@example.com>',
    // Each browser is at an address of its own, so that none signs in too often.
    TRUST_PROXY: '1',
  })
})
test.afterAll(async () => {
  await server?.stop()
  await mailServer?.stop()
})

/** The path of the link in a mail; its host is the one that BASE_URL says. */
const pathIn = ({ text }: { text: string }) => new URL(/https?:\/\/\S+\/\S+/.exec(text)?.[0] ?? '').pathname

async function signIn(page: Page, email: string, given: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Email address' }).fill(email)
  await page.getByLabel('Password').fill(given)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

const invitations = (page: Page) => page.getByRole('region', { name: 'Open invitations' })

test('an owner invites somebody by mail, who joins by its link', async ({ page, browser, problems }) => {
  await setUpSeaviewHomes(page, server.url, password)

  await open(page, `${server.url}/settings/members`)
  await page.getByRole('link', { name: 'Invite' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Email address' }).fill('kim@example.com')
  await dialog.getByRole('radio', { name: 'Support' }).check()
  await dialog.getByRole('button', { name: 'Create invitation' }).click()
  await expect(dialog.getByText('The invitation is being sent to kim@example.com')).toBeVisible()
  expect(await accessibilityViolations(page)).toEqual([])
  const link = await dialog.getByRole('textbox', { name: 'Invitation link' }).inputValue()
  await dialog.getByRole('button', { name: 'Done' }).click()
  await expect(dialog).toHaveCount(0)

  const mail = await mailServer.newestTo('kim@example.com', 1)
  expect(mail.subject).toBe('Robin Owner invites you to Seaview Homes on Keyholder')
  expect(pathIn(mail)).toBe(new URL(link).pathname)
  await open(page, `${server.url}/settings/members`)
  await expect(invitations(page)).toContainText('Sent by mail')
  expect(await accessibilityViolations(page)).toEqual([])

  // Clicked again too soon, it says so.
  await page.getByRole('button', { name: 'Send again to kim@example.com' }).click()
  const notifications = page.getByRole('region', { name: 'Notifications' })
  await expect(notifications.getByText('sent less than a minute ago')).toBeVisible()

  const guest = await browser.newContext({ storageState: { cookies: [], origins: [] } })
  problems.watch(guest)
  const kim = await guest.newPage()
  await open(kim, server.url + pathIn(mail))
  await kim.getByLabel('Your name').fill('Kim Lee')
  await kim.getByLabel('Password').fill(password)
  await kim.getByRole('button', { name: 'Create account and join' }).click()
  await expect(kim.getByRole('button', { name: 'Workspace: Seaview Homes' })).toBeVisible()
  await guest.close()
})

test('an owner reads that an invitation could not be delivered', async ({ page }) => {
  await open(page, `${server.url}/sign-in`)
  await signIn(page, 'robin@example.com', password)
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
  await open(page, `${server.url}/settings/members/invite`)
  await page.getByRole('textbox', { name: 'Email address' }).fill('nobody@example.com')
  await page.getByRole('button', { name: 'Create invitation' }).click()
  await page.getByRole('link', { name: 'Done' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Members' })).toBeVisible()
  await expect(async () => {
    await page.reload()
    await expect(invitations(page)).toContainText('could not be delivered', { timeout: 2000 })
  }).toPass({ timeout: 30_000 })
  expect(await accessibilityViolations(page)).toEqual([])
})

test('somebody who forgot their password chooses a new one by a link, once', async ({ page, browser, problems }) => {
  await page.setExtraHTTPHeaders({ 'x-forwarded-for': '192.0.2.1' })
  const elsewhere = await browser.newContext({
    storageState: { cookies: [], origins: [] },
    extraHTTPHeaders: { 'x-forwarded-for': '192.0.2.2' },
  })
  problems.watch(elsewhere)
  const other = await elsewhere.newPage()
  await open(other, `${server.url}/sign-in`)
  await signIn(other, 'kim@example.com', password)
  await expect(other.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()

  await open(page, `${server.url}/sign-in`)
  await page.getByRole('link', { name: 'Forgot password?' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Forgot password' })).toBeVisible()
  expect(await accessibilityViolations(page)).toEqual([])
  await page.getByRole('textbox', { name: 'Email address' }).fill('no address')
  await page.getByRole('button', { name: 'Send link' }).click()
  await expect(page.getByText('Enter an email address such as')).toBeVisible()

  // Who has no account reads the same, and is sent nothing.
  const answers: string[] = []
  for (const email of ['stranger@example.com', 'kim@example.com']) {
    await open(page, `${server.url}/forgot-password`)
    await page.getByRole('textbox', { name: 'Email address' }).fill(email)
    await page.getByRole('button', { name: 'Send link' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Check your email' })).toBeFocused()
    answers.push(((await page.getByRole('main').textContent()) ?? '').replace(email, 'somebody'))
  }
  expect(answers[0]).toBe(answers[1])
  expect(await accessibilityViolations(page)).toEqual([])

  const mail = await mailServer.newestTo('kim@example.com', 2)
  expect(mail.subject).toBe('Choose a new Keyholder password')
  await open(page, server.url + pathIn(mail))
  await expect(page.getByText('For kim@example.com.')).toBeVisible()
  expect(await accessibilityViolations(page)).toEqual([])
  await page.getByLabel('New password').fill('password1234')
  await page.getByRole('button', { name: 'Save new password' }).click()
  await expect(page.getByText('too easy to guess')).toBeVisible()
  await page.getByLabel('New password').fill(newPassword)
  await page.getByRole('button', { name: 'Save new password' }).click()
  await expect(page.getByText('Your password was changed. Sign in with the new one.')).toBeVisible()
  expect(await accessibilityViolations(page)).toEqual([])

  // Everybody who was in by the old one is out.
  await other.reload()
  await expect(other.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible()
  await elsewhere.close()
  expect((await mailServer.newestTo('kim@example.com', 3)).subject).toBe('Your Keyholder password was changed')

  await signIn(page, 'kim@example.com', password)
  await expect(page.getByText('do not match')).toBeVisible()
  await signIn(page, 'kim@example.com', newPassword)
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
  await open(page, server.url + pathIn(mail))
  await expect(page.getByRole('heading', { level: 1, name: 'This link cannot be used' })).toBeVisible()
  expect(await accessibilityViolations(page)).toEqual([])
  expect(mailServer.received.flatMap(({ to }) => to)).not.toContain('stranger@example.com')
})
