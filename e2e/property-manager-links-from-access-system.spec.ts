import { addLooseAcsUser, addPerson, arriveAtPerson, systems, uniquePhoneDigits, uniqueWord } from './support/people'
import { expect, open, type Page, test, toast } from './support/test'

const newName = () => `${uniqueWord()} ${uniqueWord()}`

/** Finds an ACS user in its access system's list and opens its page. */
async function openAcsUser(page: Page, system: string, name: string): Promise<void> {
  await open(page, '/access-systems')
  await page.getByRole('link', { name: system }).click()
  await page.getByRole('searchbox', { name: 'Search ACS users' }).fill(name)
  const rows = page
    .getByRole('table', { name: `ACS users of ${system}` })
    .locator('tbody')
    .getByRole('row')
  await expect(rows).toHaveCount(1)
  await rows.getByRole('link', { name }).first().click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
}

test('sees each access system’s vendor, health and share that is linked', async ({ page }) => {
  await open(page, '/access-systems')
  const rows = page.getByRole('main').getByRole('listitem')
  await expect(rows).toHaveCount(5)
  for (const [system, vendor] of [
    [systems.salto, 'Salto'],
    [systems.visionline, 'Visionline'],
    [systems.latch, 'Latch'],
    [systems.brivo, 'Brivo'],
    [systems.hid, 'HID'],
  ] as const) {
    const row = rows.filter({ has: page.getByRole('link', { name: system }) })
    await expect(row).toContainText(vendor)
    await expect(row).toContainText(/Healthy|Warning|Problem/)
    await expect(row.getByRole('img')).toHaveAccessibleName(/^.*: \d+ of \d+ ACS users linked$/)
  }
  // One of them is not well, and says on its page what is wrong.
  const unwell = rows.filter({ hasText: 'Problem' })
  await expect(unwell).toHaveCount(1)
  await unwell.getByRole('link').click()
  await expect(page.getByText(/^Since .* \d{4}, .*: /).first()).toBeVisible()
})

test('filters an access system’s ACS users; the address keeps it', async ({ page }) => {
  await open(page, '/access-systems')
  await page.getByRole('link', { name: systems.latch }).click()
  const table = page.getByRole('table', { name: `ACS users of ${systems.latch}` })
  await page.getByRole('combobox', { name: 'Linked' }).selectOption('Not linked')
  await expect(page).toHaveURL(/linked=unlinked/)
  await expect(table.getByText('Not linked', { exact: true }).first()).toBeVisible()
  await expect(table.locator('tbody').getByRole('link', { name: 'Jane Whitfield' })).toHaveCount(0)
  await expect(table.locator('tbody').getByRole('row').filter({ hasNotText: 'Not linked' })).toHaveCount(0)
  await page.reload()
  await expect(table.locator('tbody').getByRole('row').filter({ hasNotText: 'Not linked' })).toHaveCount(0)
  await expect(page.getByRole('combobox', { name: 'Linked' })).toHaveValue('unlinked')
})

test('chooses a user identity for an ACS user, undoes it, chooses again and detaches', async ({ page }) => {
  const [acsUser, person] = [newName(), newName()]
  const digits = uniquePhoneDigits()
  await addLooseAcsUser(page, systems.brivo, { name: acsUser })
  await addPerson(page, { name: person, phone: digits })
  await openAcsUser(page, systems.brivo, acsUser)
  const section = page.getByRole('region', { name: 'Choose a user identity' })
  await section.getByRole('combobox', { name: 'Search user identities' }).fill(digits.slice(3))
  const option = section.getByRole('option', { name: person })
  await option.click()
  await expect(toast(page, `Attached ${acsUser} to ${person}.`)).toBeVisible()
  const linked = page.getByRole('region', { name: 'User identity', exact: true })
  await expect(linked.getByRole('link', { name: person })).toBeVisible()
  await expect(linked).toContainText('by Dana Reyes')

  await toast(page, `Attached ${acsUser} to ${person}.`).getByRole('button', { name: 'Undo' }).click()
  await expect(toast(page, `Detached ${acsUser} from ${person}.`)).toBeVisible()
  await section.getByRole('combobox').fill(person)
  await option.click()
  await expect(linked.getByRole('link', { name: person })).toBeVisible()
  await linked.getByRole('button', { name: 'Detach' }).click()
  await expect(section).toBeVisible()
  await expect(page.getByRole('region', { name: 'Recent activity' })).toContainText(`detached ${acsUser}`)
})

test('sees who cannot be chosen and why', async ({ page }) => {
  const [acsUser, person] = [newName(), newName()]
  await addLooseAcsUser(page, systems.hid, { name: acsUser })
  await addPerson(page, { name: person }, systems.hid)
  await openAcsUser(page, systems.hid, acsUser)
  const section = page.getByRole('region', { name: 'Choose a user identity' })
  await section.getByRole('combobox').fill(person)
  const option = section.getByRole('option', { name: person })
  await expect(option).toContainText(`Has ${person} here already`)
  await expect(option).toHaveAttribute('aria-disabled', 'true')
})

test('makes a new user identity from an ACS user, prefilled and attached', async ({ page }) => {
  const name = newName()
  const email = `${uniqueWord().toLowerCase()}@example.com`
  const digits = uniquePhoneDigits()
  await addLooseAcsUser(page, systems.salto, { name, email, phone: digits })
  await openAcsUser(page, systems.salto, name)
  await page.getByRole('link', { name: 'New user identity' }).click()
  await expect(page.getByRole('textbox', { name: 'Full name' })).toHaveValue(name)
  await expect(page.getByRole('textbox', { name: 'Email address' })).toHaveValue(email)
  await expect(page.getByRole('textbox', { name: 'Phone number' })).toHaveValue(`+1${digits}`)
  await expect(page.getByText(`“${name}” in ${systems.salto} will be attached to the new identity.`)).toBeVisible()
  await page.getByRole('button', { name: 'Create identity' }).click()
  await arriveAtPerson(page)
  await expect(page.getByText('Linked in 1 of 5')).toBeVisible()
  await expect(page.getByRole('listitem', { name: systems.salto }).getByRole('link', { name })).toBeVisible()
})
