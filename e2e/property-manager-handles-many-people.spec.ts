import { readFile } from 'node:fs/promises'
import { accessibilityViolations } from './support/accessibility'
import { callApi } from './support/api'
import { acsUserIdsOf, addPerson, systemId, systems, uniqueWord } from './support/people'
import { expect, open, type Page, test, toast } from './support/test'

/** People of one family, whom nobody else has, with an ACS user each; and the list of them alone. */
async function openFamily(page: Page, size: number) {
  const family = uniqueWord()
  const people: { id: string; name: string; email: string }[] = []
  for (let index = 0; index < size; index++) {
    const [name, email] = [`${uniqueWord()} ${family}`, `${uniqueWord().toLowerCase()}@example.com`]
    people.push({ id: await addPerson(page, { name, email }, systems.latch), name, email })
  }
  await open(page, `/identities?q=${family}&sort=name`)
  await expect(page.getByText(`${size} people`, { exact: true })).toBeVisible()
  return people
}

const bar = (page: Page) => page.getByRole('region', { name: 'Selection' })

test('a property manager deletes all that match by keyboard, and brings them back', async ({ page }) => {
  const people = await openFamily(page, 3)
  const rows = page
    .getByRole('table', { name: 'Identities' })
    .getByRole('row')
    .filter({ has: page.getByRole('link') })
  await rows.first().getByRole('checkbox').focus()
  await page.keyboard.press('Space')
  await expect(bar(page)).toContainText('1 selected')
  await bar(page).getByRole('button', { name: 'Select all 3' }).press('Enter')
  await expect(bar(page)).toContainText('3 selected')
  await bar(page).getByRole('button', { name: 'Delete…' }).press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Delete 3 people?' })
  await expect(dialog).toContainText('3 ACS users in access systems.')
  expect(await accessibilityViolations(page)).toEqual([])
  const button = dialog.getByRole('button', { name: 'Delete 3 people' })
  await expect(button).toBeDisabled()
  await dialog.getByLabel('Type “delete 3” to confirm').fill('delete 3')
  await page.keyboard.press('Enter')
  await expect(toast(page, 'Deleted 3 people.')).toBeVisible()
  await expect(page.getByText('No people match')).toBeVisible()
  await expect(bar(page)).toHaveCount(0)

  await toast(page, 'Deleted 3 people.').getByRole('button', { name: 'Undo' }).press('Enter')
  await expect(toast(page, 'Brought 3 people back.')).toBeVisible()
  await expect(rows).toHaveCount(3)
  for (const { id } of people) expect(await acsUserIdsOf(page, id)).toHaveLength(1)
})

test('a property manager attaches what is certain to some people, and exports them alone', async ({ page }) => {
  const people = await openFamily(page, 3)
  const acs_system_id = await systemId(page, systems.brivo)
  for (const { name, email } of people) {
    await callApi(page, '/acs/users/create', { acs_system_id, full_name: name, email_address: email })
  }
  const [first, second] = people.toSorted((one, other) => (one.name < other.name ? -1 : 1))
  const boxes = page.getByRole('checkbox', { name: /^Select (?!this page)/ })
  await boxes.nth(0).click()
  await boxes.nth(1).click({ modifiers: ['Shift'] })
  await expect(bar(page)).toContainText('2 selected')

  await bar(page).getByRole('button', { name: 'Attach certain…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Attach what is certain to 2 people' })
  await expect(dialog.getByRole('list', { name: 'What will be attached' }).getByRole('listitem')).toHaveCount(2)
  expect(await accessibilityViolations(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Attach 2 ACS users' }).click()
  await expect(toast(page, 'Attached 2 ACS users.')).toBeVisible()
  expect(await acsUserIdsOf(page, first?.id ?? '')).toHaveLength(2)

  const downloading = page.waitForEvent('download')
  await bar(page).getByRole('button', { name: 'Export CSV' }).click()
  const lines = (await readFile(await (await downloading).path(), 'utf8')).trim().split(/\r?\n/)
  expect(lines).toHaveLength(3)
  expect(lines.join()).toContain(second?.name)

  await toast(page, 'Attached 2 ACS users.').getByRole('button', { name: 'Undo' }).click()
  await expect(toast(page, 'Detached 2 ACS users again.')).toBeVisible()
  expect(await acsUserIdsOf(page, first?.id ?? '')).toHaveLength(1)
})
