import { accessibilityViolations } from './support/accessibility'
import { createPerson, systemRow, systems, uniqueWord } from './support/people'
import { expect, type Page, test, toast, untilInteractive } from './support/test'

const newName = () => `${uniqueWord()} ${uniqueWord()}`

async function createResident(page: Page, system: string = systems.salto): Promise<string> {
  const name = newName()
  await createPerson(page, { name, email: `${uniqueWord().toLowerCase()}@example.com` }, system)
  return name
}

async function choose(page: Page, name: string, system: string, item: string): Promise<void> {
  await page.getByRole('button', { name: `More for ${name} in ${system}` }).click()
  await page.getByRole('menuitem', { name: item }).click()
}

const undo = (page: Page, words: RegExp) => toast(page, words).getByRole('button', { name: 'Undo' }).click()

test('suspends somebody from their page and takes it back', async ({ page }) => {
  const name = await createResident(page)
  const row = systemRow(page, systems.salto)
  await page.getByRole('button', { name: `Suspend ${name} in ${systems.salto}` }).click()
  await expect(row.getByText('Suspended', { exact: true })).toBeVisible()
  await undo(page, /^Suspended/)
  await expect(row.getByText('Active', { exact: true })).toBeVisible()
})

test('sets when somebody may get in', async ({ page }) => {
  const name = await createResident(page)
  const row = systemRow(page, systems.salto)
  await choose(page, name, systems.salto, 'Access schedule…')
  const dialog = page.getByRole('dialog', { name: 'Access schedule' })
  await dialog.getByLabel('From', { exact: true }).fill('2098-01-01T09:00')
  await dialog.getByLabel('Until', { exact: true }).fill('2097-01-01T09:00')
  await dialog.getByRole('button', { name: 'Save schedule' }).click()
  await expect(dialog.getByText('The end of access must be after its start.')).toBeVisible()
  await dialog.getByRole('button', { name: 'From: At any time' }).click()
  expect(await accessibilityViolations(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Save schedule' }).click()
  await expect(row).toContainText('Until Jan 1, 2097, 9:00 AM')
  await undo(page, /^Changed the access schedule/)
  await expect(row).not.toContainText('Until')
})

test('chooses access groups, which give doors, and takes it back', async ({ page }) => {
  const name = await createResident(page)
  await choose(page, name, systems.salto, 'Access groups…')
  const dialog = page.getByRole('dialog', { name: 'Access groups' })
  await expect(dialog.getByRole('button', { name: 'Save groups' })).toBeDisabled()
  await dialog.getByRole('checkbox', { name: /^Gym and pool/ }).check()
  expect(await accessibilityViolations(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Save groups' }).click()
  const doors = page.getByRole('region', { name: 'Doors' })
  await expect(doors).toContainText('Access group Gym and pool')
  await undo(page, /^Changed the access groups/)
  await expect(doors).toContainText('No door opens for this person')
})

test('issues a mobile credential, extends and revokes it, and takes each back', async ({ page }) => {
  await createResident(page)
  const credentials = page.getByRole('region', { name: 'Mobile credentials' })
  await page.getByRole('button', { name: 'Issue mobile credential…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Issue a mobile credential' })
  await dialog.getByLabel('Valid until', { exact: true }).fill('2098-06-30T12:00')
  expect(await accessibilityViolations(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Issue', exact: true }).click()
  await expect(credentials.getByText('Active', { exact: true })).toBeVisible()
  await expect(credentials).toContainText('Jun 30, 2098, 12:00 PM')

  await credentials.getByRole('button', { name: /^Extend/ }).click()
  const extension = page.getByRole('dialog', { name: 'Extend credential' })
  await extension.getByRole('button', { name: 'Valid until: +1 week' }).click()
  await extension.getByRole('button', { name: 'Save end' }).click()
  await expect(credentials).toContainText('Jul 7, 2098, 12:00 PM')
  await undo(page, /^Changed the end/)
  await expect(credentials).toContainText('Jun 30, 2098, 12:00 PM')

  await credentials.getByRole('button', { name: /^Revoke/ }).click()
  await expect(credentials).toContainText('None of this person’s ACS users has a mobile key.')
  await undo(page, /^Revoked/)
  await expect(credentials.getByText('Active', { exact: true })).toBeVisible()
})

test('brings profiles that differ to agree, as one change', async ({ page }) => {
  const name = await createResident(page, systems.brivo)
  const row = systemRow(page, systems.brivo)
  const married = `${name}-Smith`
  await page.getByRole('link', { name: 'Edit' }).click()
  await page.getByRole('textbox', { name: 'Full name' }).fill(married)
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByRole('heading', { level: 1, name: married })).toBeVisible()
  await untilInteractive(page)
  await row.getByRole('button', { name: /^Name differs in .*: compare$/ }).click()
  const dialog = page.getByRole('dialog', { name: 'Compare profiles' })
  await expect(dialog).toContainText(`Write “${married}” here`)
  expect(await accessibilityViolations(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Save profiles' }).click()
  await expect(row.getByRole('link', { name: married, exact: true })).toBeVisible()
  await expect(row.getByRole('button', { name: /compare$/ })).toHaveCount(0)
  await undo(page, /^Changed the profile/)
  await expect(row.getByRole('link', { name, exact: true })).toBeVisible()
})
