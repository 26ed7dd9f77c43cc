import { addPerson, createPerson, systemRow, systems, uniquePhoneDigits, uniqueWord } from './support/people'
import { expect, notFoundInConsole, open, test, toast, untilInteractive } from './support/test'

const newName = () => `${uniqueWord()} ${uniqueWord()}`

test('edits a person in place and sees the change in their history', async ({ page }) => {
  const [name, renamed, key] = [newName(), newName(), uniqueWord()]
  const digits = uniquePhoneDigits()
  await createPerson(page, { name, phone: digits, key })
  await page.getByRole('link', { name: 'Edit' }).click()
  await expect(page.getByRole('textbox', { name: 'Phone number' })).toHaveValue(
    `+1 ${digits.slice(0, 3)} ${digits.slice(3, 6)} ${digits.slice(6)}`,
  )
  await page.getByRole('textbox', { name: 'Full name' }).fill(renamed)
  await page.getByRole('textbox', { name: 'User identity key' }).fill('')
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByRole('heading', { level: 1, name: renamed })).toBeVisible()
  await expect(page.getByText('The changes were saved.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Copy user identity key' })).toHaveCount(0)
  await expect(page.getByRole('region', { name: 'Timeline' })).toContainText(
    /Dana Reyes changed the (full name, user identity key|user identity key, full name) of/,
  )
  await page.reload()
  await expect(page.getByRole('heading', { level: 1, name: renamed })).toBeVisible()
})

test('cancels an edit, and cannot take away the last thing that is known', async ({ page }) => {
  const name = newName()
  await createPerson(page, { name })
  await page.getByRole('link', { name: 'Edit' }).click()
  await page.getByRole('textbox', { name: 'Full name' }).fill('')
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByRole('textbox', { name: 'Full name' })).toHaveAccessibleDescription(
    /an identity needs at least one of them/,
  )
  await page.getByRole('link', { name: 'Cancel' }).click()
  await expect(page.getByRole('textbox', { name: 'Full name' })).toBeHidden()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
})

test('is told that a colleague saved first, sees what they saved, and chooses', async ({ page, context }) => {
  const [name, mine, theirs] = [newName(), newName(), newName()]
  const id = await addPerson(page, { name })
  const colleague = await context.newPage()
  await open(page, `/identities/${id}?edit`)
  await open(colleague, `/identities/${id}?edit`)
  const theirKey = `key-${theirs.replace(/\W+/g, '-')}`
  await colleague.getByRole('textbox', { name: 'Full name' }).fill(theirs)
  await colleague.getByRole('textbox', { name: 'User identity key' }).fill(theirKey)
  await colleague.getByRole('button', { name: 'Save changes' }).click()
  await expect(colleague.getByRole('heading', { level: 1, name: theirs })).toBeVisible()

  await page.getByRole('textbox', { name: 'Full name' }).fill(mine)
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByText('Somebody else saved this person while you were editing.')).toBeVisible()
  // Both changed the name: mine stays, theirs is at hand. Only they changed the key: it is there.
  await expect(page.getByRole('textbox', { name: 'Full name' })).toHaveValue(mine)
  await expect(page.getByText(`They saved “${theirs}”.`)).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'User identity key' })).toHaveValue(theirKey)
  await page.getByRole('button', { name: 'Use theirs: full name' }).click()
  await expect(page.getByRole('textbox', { name: 'Full name' })).toHaveValue(theirs)
  await page.getByRole('textbox', { name: 'Full name' }).fill(mine)
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByRole('heading', { level: 1, name: mine })).toBeVisible()
  await expect(page.getByText(theirKey).first()).toBeVisible()
})

test('is refused a value that another person has, beside its field', async ({ page }) => {
  const holder = newName()
  const digits = uniquePhoneDigits()
  await addPerson(page, { name: holder, phone: digits })
  await createPerson(page, { name: newName() })
  await page.getByRole('link', { name: 'Edit' }).click()
  await page.getByRole('textbox', { name: 'Phone number' }).fill(digits)
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByRole('textbox', { name: 'Phone number' })).toHaveAccessibleDescription(
    new RegExp(`“${holder}” already has this phone number`),
  )
  await expect(page.getByRole('textbox', { name: 'Phone number' })).toBeFocused()
})

test.describe('with a clipboard', () => {
  test.use({ permissions: ['clipboard-read', 'clipboard-write'] })

  test('copies what is known of a person', async ({ page }) => {
    const [name, key] = [newName(), uniqueWord()]
    const email = `${uniqueWord().toLowerCase()}@example.com`
    const digits = uniquePhoneDigits()
    const id = await createPerson(page, { name, email, phone: digits, key })
    for (const [what, value] of [
      ['full name', name],
      ['email address', email],
      ['phone number', `+1${digits}`],
      ['user identity key', key],
      ['user identity ID', id],
    ]) {
      await page.getByRole('button', { name: `Copy ${what}` }).click()
      await expect(page.getByRole('status').filter({ hasText: `Copied ${what}` })).toBeAttached()
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(value)
    }
  })
})

test('sees the mobile credentials of all linked ACS users, and what is wrong in words', async ({ page }) => {
  await open(page, '/identities?q=jane.whitfield')
  await page.getByRole('link', { name: 'Jane Whitfield' }).click()
  const credentials = page.getByRole('region', { name: 'Mobile credentials' })
  await expect(credentials.getByRole('listitem').first()).toContainText('Mobile key')
  await expect(credentials.getByRole('listitem').first()).toContainText(
    /Active|Waiting to be issued|Starts later|Expired|Error/,
  )
  await expect(systemRow(page, systems.salto).getByText('Suspended', { exact: true })).toBeVisible()
  await expect(page.getByText(new RegExp(`${systems.salto}: .*suspended`, 'i')).first()).toBeVisible()
  await expect(page.getByText('Linked in 3 of 5')).toBeVisible()
})

test('deletes a person after seeing what goes with them, and can bring them back', async ({ page, problems }) => {
  problems.expect(notFoundInConsole)
  const name = newName()
  const id = await createPerson(page, { name }, systems.latch)
  const acsUser = await systemRow(page, systems.latch).getByRole('link', { name }).getAttribute('href')
  await page.getByRole('button', { name: 'Delete…' }).click()
  const dialog = page.getByRole('dialog', { name: `Delete ${name}?` })
  await expect(dialog.getByRole('listitem')).toHaveText([/The user identity itself/, `${name} in ${systems.latch}`])
  const button = dialog.getByRole('button', { name: 'Delete identity' })
  await expect(button).toBeDisabled()
  await dialog.getByLabel(`Type “${name}” to confirm`).fill(name.slice(0, -1))
  await expect(button).toBeDisabled()
  await dialog.getByLabel(`Type “${name}” to confirm`).fill(name)
  await button.click()
  await expect(page).toHaveURL(/\/identities$/)
  const gone = 'The identity was deleted, with everything that depended on it.'
  await toast(page, gone).getByRole('button', { name: 'Undo' }).click()
  const isBack = toast(page, 'The identity is there again, with everything that depended on it.')
  await expect(isBack).toBeVisible()
  await open(page, `/identities/${id}`)
  await expect(systemRow(page, systems.latch).getByRole('link', { name })).toHaveAttribute('href', acsUser ?? '')
  await expect(page.getByText(`brought ${name} back`).first()).toBeVisible()
  await page.getByRole('button', { name: 'Delete…' }).click()
  await dialog.getByLabel(`Type “${name}” to confirm`).fill(name)
  await button.click()
  await expect(toast(page, gone)).toBeVisible()

  for (const address of [`/identities/${id}`, acsUser ?? '']) {
    const response = await page.goto(address)
    expect(response?.status()).toBe(404)
    await expect(page.getByText('There is nothing at this address')).toBeVisible()
  }
  await open(page, `/identities?q=${encodeURIComponent(name)}`)
  await expect(page.getByText('No people match')).toBeVisible()
})

test('keeps a person when deleting is thought better of', async ({ page }) => {
  const name = newName()
  await createPerson(page, { name })
  const opener = page.getByRole('button', { name: 'Delete…' })
  await opener.click()
  await expect(page.getByRole('dialog').getByRole('textbox')).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog', { name: `Delete ${name}?` })).toBeHidden()
  await expect(opener).toBeFocused()
  await page.reload()
  await untilInteractive(page)
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
})
