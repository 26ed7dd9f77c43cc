import {
  addLooseAcsUser,
  addPerson,
  createAcsUserFromDetails,
  createPerson,
  systemRow,
  systems,
  uniquePhoneDigits,
  uniqueWord,
} from './support/people'
import { expect, open, type Page, test, toast, untilInteractive } from './support/test'

const picker = (page: Page, system: string) => page.getByRole('dialog', { name: `Attach an ACS user of ${system}` })
const newName = () => `${uniqueWord()} ${uniqueWord()}`

test('attaches a suggested ACS user at one click, undoes it, and detaches', async ({ page }) => {
  const family = uniqueWord()
  const name = `A. ${family}`
  const email = `${uniqueWord().toLowerCase()}@example.com`
  await addLooseAcsUser(page, systems.latch, { name, email })
  // Initials are too little by themselves: the email address tells.
  await createPerson(page, { name: `Ada ${family}`, email })

  const row = systemRow(page, systems.latch)
  await expect(row.getByText('Suggested:')).toBeVisible()
  await expect(row.getByText('same email')).toBeVisible()
  await row.getByRole('button', { name: `Attach ${name} in ${systems.latch}` }).click()
  await expect(toast(page, `Attached ${name} in ${systems.latch}.`)).toBeVisible()
  await expect(row.getByRole('link', { name, exact: true })).toBeVisible()
  await expect(row.getByText(/Linked .* by Dana Reyes/)).toBeVisible()
  await expect(page.getByText('Linked in 1 of 5')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Timeline' })).toContainText(
    `Dana Reyes attached ${name} in ${systems.latch} to`,
  )

  await toast(page, `Attached ${name} in ${systems.latch}.`).getByRole('button', { name: 'Undo' }).click()
  await expect(toast(page, `Detached ${name} in ${systems.latch}.`)).toBeVisible()
  await expect(row.getByText('Suggested:')).toBeVisible()
  await expect(page.getByText('Linked in 0 of 5')).toBeVisible()

  // Undoing the undoing attaches again; it is there after a reload.
  await toast(page, `Detached ${name} in ${systems.latch}.`).first().getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText('Linked in 1 of 5')).toBeVisible()
  await page.reload()
  await untilInteractive(page)
  await row.getByRole('button', { name: `Detach ${name} in ${systems.latch}` }).click()
  await expect(toast(page, `Detached ${name} in ${systems.latch}.`)).toBeVisible()
  await page.reload()
  await expect(page.getByText('Linked in 0 of 5')).toBeVisible()
})

test('finds an ACS user of another name in the picker, by keys', async ({ page }) => {
  const acsUser = newName()
  const digits = uniquePhoneDigits()
  await addLooseAcsUser(page, systems.brivo, { name: acsUser, phone: digits })
  await createPerson(page, { name: newName() })
  const row = systemRow(page, systems.brivo)
  await row.getByRole('button', { name: `Choose an ACS user of ${systems.brivo}` }).click()
  const search = picker(page, systems.brivo).getByRole('combobox')
  await expect(search).toBeFocused()
  await expect(picker(page, systems.brivo).getByRole('option').first()).toBeVisible()
  await page.keyboard.type('nobody is called this')
  await expect(picker(page, systems.brivo).getByText('Nobody in this access system matches.')).toBeVisible()
  await search.fill(`(${digits.slice(0, 3)}) ${digits.slice(3, 6)}-${digits.slice(6)}`)
  await expect(picker(page, systems.brivo).getByRole('option')).toHaveCount(1)
  await expect(picker(page, systems.brivo).getByRole('group', { name: 'Not attached to anybody' })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(toast(page, `Attached ${acsUser} in ${systems.brivo}.`)).toBeVisible()
  await expect(row.getByRole('link', { name: acsUser })).toBeVisible()

  // Escape leaves a picker without a change.
  await systemRow(page, systems.latch).getByRole('button', { name: 'Choose an ACS user' }).click()
  await expect(picker(page, systems.latch)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(picker(page, systems.latch)).toBeHidden()
  await expect(page.getByText('Linked in 1 of 5')).toBeVisible()
})

test('sees suggestions with their reasons before searching', async ({ page }) => {
  await open(page, '/identities?q=marcus.oyelaran')
  await page.getByRole('link', { name: 'Marcus Oyelaran' }).click()
  await expect(systemRow(page, systems.latch).getByText('same email')).toBeVisible()
  await expect(systemRow(page, systems.brivo).getByText('same phone')).toBeVisible()
  // A name alone is not attached at one click.
  const salto = systemRow(page, systems.salto)
  await expect(salto.getByText('Perhaps:')).toBeVisible()
  await expect(salto.getByText('similar name')).toBeVisible()
  await expect(salto.getByRole('button', { name: /^Attach/ })).toHaveCount(0)
  await salto.getByRole('button', { name: `Choose an ACS user of ${systems.salto}` }).click()
  const suggested = picker(page, systems.salto).getByRole('group', { name: 'Suggested' })
  await expect(suggested.getByRole('option').first()).toContainText('Markus Oyelaran')
  await expect(suggested.getByRole('option').first()).toContainText('similar name')
})

test('moves an ACS user that somebody else holds, deliberately, and undoes it', async ({ page }) => {
  const [holder, person] = [newName(), newName()]
  const holderId = await addPerson(page, { name: holder }, systems.visionline)
  const personId = await createPerson(page, { name: person })

  const row = systemRow(page, systems.visionline)
  await row.getByRole('button', { name: /^Choose/ }).click()
  await picker(page, systems.visionline).getByRole('combobox').fill(holder)
  const held = picker(page, systems.visionline)
    .getByRole('group', { name: /^Attached to somebody else/ })
    .getByRole('option', { name: holder })
  await expect(held).toContainText(`Attached to ${holder}`)
  await held.click()
  const question = page.getByRole('dialog', { name: `Move ${holder}?` })
  await expect(question).toContainText(`attached to ${holder}, who will have none there`)
  await question.getByRole('button', { name: 'Cancel' }).click()
  await expect(question).toBeHidden()
  await expect(row.getByText('Not linked', { exact: true })).toBeVisible()

  await row.getByRole('button', { name: /^Choose/ }).click()
  await picker(page, systems.visionline).getByRole('combobox').fill(holder)
  await held.click()
  await question.getByRole('button', { name: `Move to ${person}` }).click()
  await expect(toast(page, `Moved ${holder} from ${holder} to ${person}.`)).toBeVisible()
  await expect(row.getByRole('link', { name: holder })).toBeVisible()

  await toast(page, `Moved ${holder} from`).getByRole('button', { name: 'Undo' }).click()
  await expect(toast(page, `Moved ${holder} back to ${holder}.`)).toBeVisible()
  await open(page, `/identities/${holderId}`)
  await expect(page.getByText('Linked in 1 of 5')).toBeVisible()
  await open(page, `/identities/${personId}`)
  await expect(page.getByText('Linked in 0 of 5')).toBeVisible()
})

test('creates an ACS user from a person’s details', async ({ page }) => {
  const name = newName()
  const email = `${uniqueWord().toLowerCase()}@example.com`
  const digits = uniquePhoneDigits()
  await createPerson(page, { name, email, phone: digits })
  await createAcsUserFromDetails(page, systems.salto)
  await expect(toast(page, `Created an ACS user in ${systems.salto} and attached it.`)).toBeVisible()
  await expect(systemRow(page, systems.salto)).toContainText(email)
  await systemRow(page, systems.salto).getByRole('link', { name }).click()
  await expect(page).toHaveURL(/\/acs-users\//)
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  await expect(page.getByRole('region', { name: 'User identity' }).getByRole('link', { name })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Facts' })).toContainText(email)
})

test('thinks better of an ACS user that was just created', async ({ page }) => {
  await createPerson(page, { name: newName() })
  await createAcsUserFromDetails(page, systems.latch)
  await expect(page.getByText('Linked in 1 of 5')).toBeVisible()
  await toast(page, `Created an ACS user in ${systems.latch}`).getByRole('button', { name: 'Undo' }).click()
  await expect(toast(page, `Deleted the ACS user in ${systems.latch} again.`)).toBeVisible()
  await expect(page.getByText('Linked in 0 of 5')).toBeVisible()
})

test('suspends an ACS user, undoes it, and lifts the suspension of another day', async ({ page }) => {
  const name = newName()
  await createPerson(page, { name }, systems.salto)
  await systemRow(page, systems.salto).getByRole('link', { name }).click()
  await untilInteractive(page)
  await page.getByRole('button', { name: 'Suspend' }).click()
  await expect(toast(page, new RegExp(`^Suspended ${name} in `))).toBeVisible()
  await expect(page.getByText('until somebody lifts the suspension')).toBeVisible()
  await toast(page, `Suspended ${name}`).getByRole('button', { name: 'Undo' }).click()
  await expect(toast(page, new RegExp(`^Lifted the suspension of ${name} in `))).toBeVisible()
  await page.getByRole('button', { name: 'Suspend' }).click()
  await expect(page.getByText('until somebody lifts the suspension')).toBeVisible()
  await page.reload()
  await untilInteractive(page)
  await page.getByRole('button', { name: 'Lift suspension' }).click()
  await expect(page.getByText('until somebody lifts the suspension')).toBeHidden()
})

test('is told why, and sees it taken back, when another admin was first', async ({ page, context }) => {
  const [acsUser, person, other] = [newName(), newName(), newName()]
  const email = `${uniqueWord().toLowerCase()}@example.com`
  await addLooseAcsUser(page, systems.hid, { name: acsUser, email })
  await createPerson(page, { name: person })
  const row = systemRow(page, systems.hid)
  await row.getByRole('button', { name: /^Choose/ }).click()
  await picker(page, systems.hid).getByRole('combobox').fill(acsUser)
  await expect(picker(page, systems.hid).getByRole('option')).toHaveCount(1)
  // From now on this page hears nothing new.
  await page.route('**/data/acs-users/options*', () => {})

  const colleague = await context.newPage()
  await createPerson(colleague, { name: other })
  await systemRow(colleague, systems.hid)
    .getByRole('button', { name: /^Choose/ })
    .click()
  await picker(colleague, systems.hid).getByRole('combobox').fill(email)
  await picker(colleague, systems.hid).getByRole('option', { name: acsUser }).click()
  await expect(toast(colleague, `Attached ${acsUser}`)).toBeVisible()

  await picker(page, systems.hid).getByRole('option', { name: acsUser }).click()
  await expect(page.getByRole('alert').filter({ hasText: other })).toBeAttached()
  await expect(row.getByText('Not linked', { exact: true })).toBeVisible()
  await expect(page.getByText('Linked in 0 of 5')).toBeVisible()
})

test('sees an attachment at once, and taken back when the server cannot be reached', async ({ page, problems }) => {
  problems.expect(/net::ERR_FAILED/)
  const name = newName()
  await createPerson(page, { name }, systems.salto)
  const row = systemRow(page, systems.salto)
  let answer = () => {}
  const asked = new Promise<void>((resolve) => {
    answer = resolve
  })
  await page.route('**/identities/*', async (route) => {
    if (route.request().method() !== 'POST') return route.continue()
    await asked
    await route.abort()
  })
  await row.getByRole('button', { name: /^Detach/ }).click()
  await expect(row.getByText('Not linked', { exact: true })).toBeVisible()
  answer()
  await expect(page.getByText(/^The server cannot be reached\./).first()).toBeVisible()
  await expect(row.getByRole('link', { name })).toBeVisible()
})
