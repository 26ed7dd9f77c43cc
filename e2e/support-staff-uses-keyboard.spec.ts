import { systems } from './support/people'
import { expect, open, test } from './support/test'

test('works through the list by keys alone', async ({ page }) => {
  await open(page, '/')
  await page.keyboard.press('g')
  await page.keyboard.press('i')
  await expect(page).toHaveURL(/\/identities$/)
  const search = page.getByRole('searchbox', { name: 'Search people' })
  await expect(search).toBeVisible()

  await page.keyboard.press('/')
  await expect(search).toBeFocused()
  await page.keyboard.type('whit')
  const rows = page.getByRole('table', { name: 'Identities' }).locator('tbody').getByRole('row')
  await expect(page.getByRole('navigation', { name: 'Pages' })).toContainText(/1–(\d+) of \1/)
  expect(await rows.count()).toBeGreaterThan(2)
  // Letters belong to the field that is typed into.
  await page.keyboard.type('jc?')
  await expect(search).toHaveValue('whitjc?')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.keyboard.press('Escape')
  await expect(search).toHaveValue('')
  await page.keyboard.press('Escape')
  await expect(search).not.toBeFocused()
  await expect(rows).toHaveCount(50)

  // Oldest first: the newest people are other journeys', which may delete them at any moment.
  await page.getByRole('button', { name: 'Created' }).press('Enter')
  await expect(page).toHaveURL(/sort=oldest/)
  await expect(page.getByRole('table', { name: 'Identities' })).toHaveAttribute('aria-busy', 'false')
  const link = (row: number) => rows.nth(row).getByRole('link')
  await page.keyboard.press('j')
  await expect(link(0)).toBeFocused()
  await page.keyboard.press('j')
  await expect(link(1)).toBeFocused()
  await page.keyboard.press('k')
  await expect(link(0)).toBeFocused()
  const name = await link(0).textContent()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: name ?? '' })).toBeVisible()

  await page.keyboard.press('g')
  await page.keyboard.press('a')
  await expect(page.getByRole('heading', { level: 1, name: 'Access systems' })).toBeVisible()
  await page.keyboard.press('j')
  await expect(page.getByRole('main').getByRole('listitem').getByRole('link').first()).toBeFocused()
})

test('lists the shortcuts and creates an identity by one key', async ({ page }) => {
  await open(page, '/identities')
  const shortcuts = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await expect(async () => {
    // Keys are listened to a moment after the page has come alive.
    await page.keyboard.press('?')
    await expect(shortcuts).toContainText('Search this list', { timeout: 5000 })
  }).toPass()
  // A dialog keeps the keys to itself.
  await page.keyboard.press('c')
  await expect(page).toHaveURL(/\/identities$/)
  await page.keyboard.press('Escape')
  await expect(shortcuts).toBeHidden()

  await page.keyboard.press('c')
  await expect(page).toHaveURL(/\/identities\/new$/)
  const dialog = page.getByRole('dialog', { name: 'New identity' })
  await expect(dialog.getByLabel('Full name')).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(page).toHaveURL(/\/identities$/)
})

test('jumps to people, ACS users, access systems and pages from anywhere', async ({ page }) => {
  await open(page, '/access-systems')
  const palette = page.getByRole('dialog', { name: 'Find anything' })
  const look = async (typed: string) => {
    await page.keyboard.press('ControlOrMeta+k')
    await expect(palette.getByRole('combobox')).toBeFocused()
    await page.keyboard.type(typed)
  }
  const jump = async (typed: string, option: RegExp) => {
    await look(typed)
    await palette.getByRole('option', { name: option }).first().click()
    await expect(palette).toBeHidden()
  }
  const heading = (name: string | RegExp) => page.getByRole('heading', { level: 1, name })

  await jump('whitfield jane', /^Jane Whitfield jane\.whitfield@example\.com$/)
  await expect(heading('Jane Whitfield')).toBeVisible()
  await expect(page).toHaveURL(/\/identities\//)
  await jump('jean doe', /^Jean Doe Unlinked ACS user$/)
  await expect(heading('Jean Doe')).toBeVisible()
  await expect(page).toHaveURL(/\/acs-users\//)
  await jump('visionline', new RegExp(systems.visionline))
  await expect(heading(systems.visionline)).toBeVisible()
  await expect(page).toHaveURL(/\/access-systems\//)
  await jump('overv', /^Overview/)
  await expect(heading('Overview')).toBeVisible()

  // Enter may come before the answer.
  await look('whitfield jane')
  await page.keyboard.press('Enter')
  await expect(heading('Jane Whitfield')).toBeVisible()

  await look('nobody is called this')
  await expect(palette).toContainText('Nobody and nothing of this name here.')
  await page.keyboard.press('Escape')
  await expect(palette).toBeHidden()
})

test('skips the navigation by the first tab stop', async ({ page }) => {
  await open(page, '/identities')
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main')).toBeFocused()
})
