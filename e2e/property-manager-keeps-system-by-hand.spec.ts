import type { Page } from '@playwright/test'
import { accessibilityViolations } from './support/accessibility'
import { ownFolder } from './support/folders'
import { type OwnServer, startOwnServer } from './support/own-server'
import { expect, test, toast } from './support/test'

// One story on a server of its own: from an empty workspace to the first attached ACS user.
test.describe.configure({ mode: 'serial' })
test.use({ storageState: { cookies: [], origins: [] } })

let server: OwnServer
test.beforeAll(async () => {
  server = await startOwnServer(ownFolder('by-hand'))
})
test.afterAll(async () => {
  await server?.stop()
})

const firstSteps = (page: Page) => page.getByRole('region', { name: 'First steps' })
const tab = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Access system' }).getByRole('link', { name, exact: true })

async function signIn(page: Page, next: string): Promise<void> {
  await page.goto(`${server.url}/sign-in?next=${encodeURIComponent(next)}`)
  await page.getByRole('textbox', { name: 'Email address' }).fill('robin@example.com')
  await page.getByLabel('Password').fill('a long enough password')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

test('a manager goes from an empty workspace to the first attached ACS user, by hand', async ({ page }) => {
  await page.goto(`${server.url}/setup`)
  await page.getByLabel('Your name').fill('Robin Owner')
  await page.getByRole('textbox', { name: 'Email address' }).fill('robin@example.com')
  await page.getByLabel('Password').fill('a long enough password')
  await page.getByLabel('Workspace name').fill('Seaview Homes')
  await page.getByRole('button', { name: 'Create workspace' }).click()

  // The overview says what comes first, and so does a page that has nothing to show yet.
  await expect(firstSteps(page).getByRole('listitem')).toHaveCount(4)
  expect(await accessibilityViolations(page)).toEqual([])
  await page.goto(`${server.url}/reconcile`)
  await expect(page.getByText('Nothing to reconcile yet')).toBeVisible()
  await page.goto(`${server.url}/`)
  await firstSteps(page).getByRole('link', { name: 'Add an access system' }).click()

  await page.getByRole('button', { name: 'Add access system' }).click()
  await expect(page.getByText('The name must not be blank.')).toBeVisible()
  await page.getByRole('textbox', { name: 'Name' }).fill('Tower A')
  await page.getByLabel('Vendor (optional)').fill('Paxton Net2')
  await page.getByLabel('Time zone').selectOption('Europe/Berlin')
  expect(await accessibilityViolations(page)).toEqual([])
  await page.getByRole('button', { name: 'Add access system' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Tower A' })).toBeVisible()
  await expect(toast(page, 'The access system was added. Write down its doors next.')).toBeVisible()

  await page.getByRole('button', { name: 'Add doors' }).click()
  await page.getByRole('textbox', { name: 'Names' }).fill(`Lobby, ${'x'.repeat(101)}`)
  await page.getByRole('dialog').getByRole('button', { name: 'Add doors' }).click()
  await expect(page.getByText(/“x{30}…”: The name must be at most 100 characters long\./)).toBeVisible()
  await page.getByRole('textbox', { name: 'Names' }).fill('Lobby, Garage\nGym')
  await expect(page.getByText('3 names')).toBeVisible()
  expect(await accessibilityViolations(page)).toEqual([])
  await page.getByRole('dialog').getByRole('button', { name: 'Add doors' }).click()
  await expect(page.getByRole('list', { name: 'Doors of Tower A' }).getByRole('listitem')).toHaveText([
    /Garage/,
    /Gym/,
    /Lobby/,
  ])

  await tab(page, 'Access groups').click()
  await page.getByRole('button', { name: 'Add access groups' }).click()
  await page.getByRole('textbox', { name: 'Names' }).fill('Residents')
  await page.getByRole('dialog').getByRole('button', { name: 'Add access groups' }).click()
  const groups = page.getByRole('list', { name: 'Access groups of Tower A' })
  await expect(groups).toContainText('Opens no door yet')
  await page.getByRole('button', { name: 'Edit Residents' }).click()
  await page.getByRole('checkbox', { name: 'Lobby' }).check()
  await page.getByRole('checkbox', { name: 'Gym' }).check()
  expect(await accessibilityViolations(page)).toEqual([])
  await page.getByRole('button', { name: 'Save access group' }).click()
  await expect(groups).toContainText('Gym, Lobby')

  await tab(page, 'ACS users').click()
  await page.getByRole('link', { name: 'New ACS user' }).click()
  await page.getByRole('textbox', { name: 'Full name' }).fill('Ann Bell')
  await page.getByRole('textbox', { name: 'Email address (optional)' }).fill('ann@example.com')
  await page.getByRole('checkbox', { name: 'Residents' }).check()
  await page.getByRole('textbox', { name: 'Card or fob number (optional)' }).fill('no number!')
  await page.getByRole('button', { name: 'Create ACS user' }).click()
  await expect(page.getByText(/The card number must be 1 to 40 digits or letters/)).toBeVisible()
  await page.getByRole('textbox', { name: 'Card or fob number (optional)' }).fill('28731')
  expect(await accessibilityViolations(page)).toEqual([])
  await page.getByRole('button', { name: 'Create ACS user' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Ann Bell' })).toBeVisible()

  await page.goto(`${server.url}/identities/new`)
  await page.getByRole('textbox', { name: 'Full name' }).fill('Ann Bell')
  await page.getByRole('textbox', { name: 'Email address' }).fill('ann@example.com')
  await page.getByRole('button', { name: 'Create identity' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Ann Bell' })).toBeVisible()
  await page
    .getByRole('listitem', { name: 'Tower A' })
    .getByRole('button', { name: /^Attach/ })
    .first()
    .click()
  await expect(page.getByRole('listitem', { name: 'Tower A' }).getByRole('link', { name: 'Ann Bell' })).toBeVisible()
  await page.goto(`${server.url}/`)
  await expect(firstSteps(page).getByText('(done)')).toHaveCount(3)
  await firstSteps(page).getByRole('button', { name: 'Dismiss' }).click()
  await expect(firstSteps(page)).toHaveCount(0)
})

test('what is left to program at the panel is ticked off, and back', async ({ page }) => {
  await signIn(page, '/')
  await page
    .getByRole('link', { name: /^Tasks/ })
    .first()
    .click()
  await expect(page.getByRole('heading', { level: 1, name: 'Tasks' })).toBeVisible()
  const tasks = page.getByRole('list', { name: 'Open tasks' }).getByRole('listitem')
  await expect(tasks.filter({ hasText: 'Program card 28731 for Ann Bell' })).toHaveCount(1)
  const count = await tasks.count()
  expect(await accessibilityViolations(page)).toEqual([])
  await page.getByRole('checkbox', { name: 'Done: Program card 28731 for Ann Bell' }).click()
  await expect(tasks).toHaveCount(count - 1)
  await toast(page, /28731/).getByRole('button', { name: 'Undo' }).click()
  await expect(tasks).toHaveCount(count)
  const saved = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Export CSV' }).click()
  expect((await saved).suggestedFilename()).toMatch(/open.tasks.*\.csv$/)
})

test('what is removed says what goes, and comes back by undo', async ({ page }) => {
  await signIn(page, '/access-systems')
  await page.getByRole('link', { name: 'Tower A' }).click()

  await tab(page, 'Doors').click()
  const doors = page.getByRole('list', { name: 'Doors of Tower A' }).getByRole('listitem')
  await page.getByRole('button', { name: 'Remove Lobby' }).click()
  await expect(page.getByText('It’s opened by: Residents. They open it no more.')).toBeVisible()
  await page.getByRole('button', { name: 'Remove door' }).click()
  await expect(doors).toHaveCount(2)
  await toast(page, 'Lobby was removed.').getByRole('button', { name: 'Undo' }).click()
  await expect(doors).toHaveCount(3)
  await expect(doors.filter({ hasText: 'Lobby' })).toContainText('Residents')

  await tab(page, 'Activity').click()
  await expect(page.getByText('brought back the door Lobby in Tower A')).toBeVisible()
  await tab(page, 'Settings').click()
  await page.getByRole('textbox', { name: 'Name' }).fill('Tower North')
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Tower North' })).toBeVisible()

  // The door check says what nobody has programmed yet.
  await page.goto(`${server.url}/identities`)
  await page.getByRole('link', { name: 'Ann Bell' }).click()
  await page.getByRole('link', { name: 'Why? Lobby' }).click()
  await expect(page.getByText(/changes still wait to be programmed at the panel of Tower North/)).toBeVisible()
  await page.goto(`${server.url}/access-systems`)
  await page.getByRole('link', { name: 'Tower North' }).click()
  await tab(page, 'Settings').click()

  await page.getByRole('button', { name: 'Remove…' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('listitem').first()).toHaveText('1 ACS user')
  await expect(dialog.getByRole('button', { name: 'Remove access system' })).toBeDisabled()
  await dialog.getByRole('textbox').fill('Tower North')
  expect(await accessibilityViolations(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Remove access system' }).click()
  await expect(page.getByText('No access system yet')).toBeVisible()
  await toast(page, /The access system was removed/)
    .getByRole('button', { name: 'Undo' })
    .click()
  await expect(page.getByRole('link', { name: 'Tower North' })).toBeVisible()
})
