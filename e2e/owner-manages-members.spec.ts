import { accessibilityViolations } from './support/accessibility'
import { ownFolder } from './support/folders'
import { type OwnServer, startOwnServer } from './support/own-server'
import { setUpSeaviewHomes } from './support/set-up'
import { expect, open, type Page, test, toast } from './support/test'

// One story on a server of its own: who may come in is not for a workspace that other tests use.
test.describe.configure({ mode: 'serial' })
test.use({ storageState: { cookies: [], origins: [] } })
test.slow()

const password = 'a long enough password'
let server: OwnServer

test.beforeAll(async () => {
  // A browser may be at an address of its own, so that none signs in too often.
  server = await startOwnServer(ownFolder('members'), { TRUST_PROXY: '1' })
})
test.afterAll(async () => {
  await server?.stop()
})

async function signIn(page: Page, email: string): Promise<void> {
  await open(page, `${server.url}/sign-in`)
  await page.getByRole('textbox', { name: 'Email address' }).fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** Invites, and gives the path of the link. */
async function invite(page: Page, role: string, email = ''): Promise<string> {
  await open(page, `${server.url}/settings/members`)
  await page.getByRole('link', { name: 'Invite' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Email address' }).fill(email)
  await dialog.getByRole('radio', { name: role }).check()
  await dialog.getByRole('button', { name: 'Create invitation link' }).click()
  const link = await dialog.getByRole('textbox', { name: 'Invitation link' }).inputValue()
  await dialog.getByRole('button', { name: 'I have copied the link' }).click()
  await expect(dialog).toHaveCount(0)
  return new URL(link).pathname
}

const memberOf = (page: Page, name: string) =>
  page.getByRole('list', { name: 'Members' }).getByRole('listitem').filter({ hasText: name })

test('an owner invites somebody, who joins once by the link and may do what the role says', async ({
  page,
  browser,
  problems,
}) => {
  await setUpSeaviewHomes(page, server.url, password)

  // The only owner can neither leave nor become anything else.
  await open(page, `${server.url}/settings/members`)
  await page.getByRole('button', { name: 'Leave…' }).click()
  await page.getByRole('button', { name: 'Leave workspace' }).click()
  await expect(page.getByRole('dialog').getByText('A workspace needs an owner')).toBeVisible()
  await page.getByRole('button', { name: 'Cancel' }).click()

  await page.getByRole('link', { name: 'Invite' }).click()
  await page.getByRole('textbox', { name: 'Email address' }).fill('no address')
  await page.getByRole('button', { name: 'Create invitation link' }).click()
  await expect(page.getByText('Enter an email address such as')).toBeVisible()
  expect(await accessibilityViolations(page)).toEqual([])
  await page.keyboard.press('Escape')

  const path = await invite(page, 'Viewer')
  await expect(page.getByRole('region', { name: 'Open invitations' })).toContainText('Whoever has the link as viewer')
  expect(await accessibilityViolations(page)).toEqual([])

  const guest = await browser.newContext({ storageState: { cookies: [], origins: [] } })
  problems.watch(guest)
  const sam = await guest.newPage()
  await open(sam, server.url + path)
  await expect(sam.getByRole('heading', { level: 1, name: 'Join Seaview Homes' })).toBeVisible()
  expect(await accessibilityViolations(sam)).toEqual([])
  await sam.getByLabel('Your name').fill('Sam Ortiz')
  await sam.getByRole('textbox', { name: 'Email address' }).fill('sam@example.com')
  await sam.getByLabel('Password').fill('short')
  await sam.getByRole('button', { name: 'Create account and join' }).click()
  await expect(sam.getByText('must be at least 10 characters long')).toBeVisible()
  await expect(sam.getByLabel('Your name')).toHaveValue('Sam Ortiz')
  await sam.getByLabel('Password').fill(password)
  await sam.getByRole('button', { name: 'Create account and join' }).click()
  await expect(sam.getByRole('button', { name: 'Workspace: Seaview Homes' })).toBeVisible()

  // A viewer looks and changes nothing, wherever they go.
  await open(sam, `${server.url}/identities`)
  await expect(sam.getByText('Nobody here yet')).toBeVisible()
  await expect(sam.getByRole('link', { name: 'New identity' })).toHaveCount(0)
  await open(sam, `${server.url}/settings/members`)
  await expect(memberOf(sam, 'Robin Owner')).toBeVisible()
  await expect(sam.getByRole('link', { name: 'Invite' })).toHaveCount(0)
  await expect(sam.getByRole('button', { name: /Change role|Remove/ })).toHaveCount(0)
  await open(sam, `${server.url}/settings/members/invite`)
  await expect(sam.getByText('Only owners invite members')).toBeVisible()
  await open(sam, `${server.url}/settings/workspace`)
  await expect(sam.getByRole('definition').first()).toHaveText('Seaview Homes')
  await expect(sam.getByRole('button', { name: 'Save changes' })).toHaveCount(0)

  // The link is used up.
  await open(sam, server.url + path)
  await expect(sam.getByText('This invitation cannot be accepted')).toBeVisible()
  await sam.getByRole('link', { name: 'Go to your workspace' }).click()
  await expect(sam.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
  await guest.close()
})

test('an owner changes a role, and removes a member, who is out with the next click', async ({
  page,
  browser,
  problems,
}) => {
  const guest = await browser.newContext({ storageState: { cookies: [], origins: [] } })
  problems.watch(guest)
  const sam = await guest.newPage()
  await signIn(sam, 'sam@example.com')
  await expect(sam.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()

  await signIn(page, 'robin@example.com')
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
  await open(page, `${server.url}/settings/members`)
  await page.getByRole('button', { name: 'Change role of Sam Ortiz' }).click()
  const dialog = page.getByRole('dialog', { name: 'Role of Sam Ortiz' })
  await expect(dialog.getByRole('button', { name: 'Change role' })).toBeDisabled()
  await dialog.getByRole('radio', { name: 'Manager' }).check()
  expect(await accessibilityViolations(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Change role' }).click()
  await expect(toast(page, 'Sam Ortiz has the role Manager now.')).toBeVisible()
  await expect(memberOf(page, 'Sam Ortiz')).toContainText('Manager')
  await open(sam, `${server.url}/identities`)
  await expect(sam.getByRole('link', { name: 'New identity' }).first()).toBeVisible()

  await page.getByRole('button', { name: 'Remove Sam Ortiz' }).click()
  await page.getByRole('button', { name: 'Remove member' }).click()
  await expect(memberOf(page, 'Sam Ortiz')).toHaveCount(0)
  await sam.getByRole('link', { name: 'Events' }).first().click()
  await expect(sam.getByRole('heading', { name: 'You are not a member of a workspace' })).toBeVisible()
  expect(await accessibilityViolations(sam)).toEqual([])

  // Invited again, by the address, they accept with the account that they have.
  const path = await invite(page, 'Support', 'sam@example.com')
  await open(sam, server.url + path)
  await sam.getByRole('button', { name: 'Join as Sam Ortiz' }).click()
  await expect(sam.getByRole('button', { name: 'Workspace: Seaview Homes' })).toBeVisible()
  await guest.close()

  // An invitation for one address is of no use to another account, and revoked ones to nobody.
  const forSomebody = await invite(page, 'Owner', 'kim@example.com')
  await open(page, server.url + forSomebody)
  await page.getByRole('button', { name: 'Join as Robin Owner' }).click()
  await expect(page.getByText('This invitation is for another email address')).toBeVisible()
  await open(page, `${server.url}/settings/members`)
  await page.getByRole('button', { name: 'Revoke the invitation of kim@example.com' }).click()
  await expect(page.getByRole('region', { name: 'Open invitations' })).toHaveCount(0)
  await open(page, server.url + forSomebody)
  await expect(page.getByText('This invitation cannot be accepted')).toBeVisible()

  // All of it is in the history.
  await open(page, `${server.url}/events?kind=workspace`)
  for (const sentence of [
    'revoked the invitation of kim@example.com',
    'joined the workspace as support',
    'removed Sam Ortiz from the workspace',
    'changed the role of Sam Ortiz to manager',
    'invited somebody as viewer',
  ]) {
    await expect(page.getByText(sentence)).toBeVisible()
  }
})

test('an owner renames the workspace, makes a sandbox beside it, and empties that one', async ({ page }) => {
  await signIn(page, 'robin@example.com')
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
  await open(page, `${server.url}/settings/workspace`)
  await expect(page.getByRole('region', { name: 'Sandbox' })).toHaveCount(0)
  const name = page.getByRole('textbox', { name: 'Name' })
  await name.fill(' ')
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'workspace name' })).toBeVisible()
  await name.fill('Seaview Living')
  await page.getByLabel('Country').selectOption('Portugal')
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByRole('button', { name: 'Workspace: Seaview Living' })).toBeVisible()
  await expect(page.getByLabel('Country')).toHaveValue('PT')
  expect(await accessibilityViolations(page, { within: 'main' })).toEqual([])

  await page.getByRole('button', { name: 'Workspace: Seaview Living' }).click()
  await page.getByRole('menuitem', { name: 'New workspace' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'New workspace' })).toBeVisible()
  await page.getByRole('textbox', { name: 'Name' }).fill('Playground')
  await page.getByRole('radio', { name: 'Sandbox' }).check()
  expect(await accessibilityViolations(page)).toEqual([])
  await page.getByRole('button', { name: 'Create workspace' }).click()
  await expect(page.getByRole('button', { name: 'Workspace: Playground Sandbox' })).toBeVisible()

  await open(page, `${server.url}/identities/new`)
  await page.getByRole('textbox', { name: 'Full name' }).fill('Soon Gone')
  await page.getByRole('button', { name: 'Create identity' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Soon Gone' })).toBeVisible()
  await open(page, `${server.url}/settings/workspace`)
  await page.getByRole('button', { name: 'Reset sandbox…' }).click()
  const reset = page.getByRole('dialog').getByRole('button', { name: 'Reset sandbox' })
  await expect(reset).toBeDisabled()
  expect(await accessibilityViolations(page)).toEqual([])
  await page.getByRole('textbox', { name: 'Type “Playground” to confirm' }).fill('Playground')
  await reset.click()
  await expect(toast(page, 'The sandbox is empty.')).toBeVisible()
  await open(page, `${server.url}/identities`)
  await expect(page.getByText('Nobody here yet')).toBeVisible()

  await page.getByRole('button', { name: 'Workspace: Playground Sandbox' }).click()
  await page.getByRole('menuitem', { name: 'Seaview Living' }).click()
  await expect(page.getByRole('button', { name: 'Workspace: Seaview Living' })).toBeVisible()
})

test('somebody changes their name, their address and their password, and signs out elsewhere', async ({
  page,
  browser,
  problems,
}) => {
  const elsewhere = await browser.newContext({
    storageState: { cookies: [], origins: [] },
    extraHTTPHeaders: { 'x-forwarded-for': '192.0.2.2' },
  })
  problems.watch(elsewhere)
  const other = await elsewhere.newPage()
  await signIn(other, 'sam@example.com')
  await expect(other.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
  await signIn(page, 'sam@example.com')
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()

  await page.getByRole('button', { name: 'Account: Sam Ortiz' }).click()
  await page.getByRole('menuitem', { name: 'Account settings' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Account' })).toBeVisible()
  expect(await accessibilityViolations(page)).toEqual([])
  const profile = page.getByRole('region', { name: 'Profile' })
  await profile.getByLabel('Your name').fill('Samuel Ortiz')
  await profile.getByRole('textbox', { name: 'Email address' }).fill('samuel@example.com')
  await profile.getByLabel('Your password').fill('not the password')
  await profile.getByRole('button', { name: 'Save profile' }).click()
  await expect(profile.getByText('This is not your current password.')).toBeVisible()
  await profile.getByLabel('Your password').fill(password)
  await profile.getByRole('button', { name: 'Save profile' }).click()
  await expect(page.getByRole('button', { name: 'Account: Samuel Ortiz' })).toBeVisible()

  const ofPassword = page.getByRole('region', { name: 'Password' })
  await ofPassword.getByLabel('Current password').fill(password)
  await ofPassword.getByLabel('New password').fill('password1234')
  await ofPassword.getByRole('button', { name: 'Change password' }).click()
  await expect(ofPassword.getByText('too easy to guess')).toBeVisible()
  await ofPassword.getByLabel('Current password').fill(password)
  await ofPassword.getByLabel('New password').fill('walnut harbour violin')
  await ofPassword.getByRole('button', { name: 'Change password' }).click()
  await expect(toast(page, 'Your password was changed.')).toBeVisible()
  await other.reload()
  await expect(other.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible()

  await other.getByRole('textbox', { name: 'Email address' }).fill('samuel@example.com')
  await other.getByLabel('Password').fill('walnut harbour violin')
  await other.getByRole('button', { name: 'Sign in' }).click()
  await expect(other.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
  await page.reload()
  const sessions = page.getByRole('region', { name: 'Where you are signed in' })
  await expect(sessions.getByRole('listitem')).toHaveCount(2)
  await sessions.getByRole('button', { name: 'Sign out everywhere else…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Sign out everywhere else?' })
  await dialog.getByRole('button', { name: 'Sign out' }).click()
  await expect(dialog.getByText('Enter your password.')).toBeVisible()
  await dialog.getByLabel('Your password').fill('walnut harbour violin')
  await dialog.getByRole('button', { name: 'Sign out' }).click()
  await expect(sessions.getByRole('listitem')).toHaveCount(1)
  await other.reload()
  await expect(other.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible()
  await elsewhere.close()
})
