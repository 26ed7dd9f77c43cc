import { addPerson, arriveAtPerson, fillIdentityForm, uniquePhoneDigits, uniqueWord } from './support/people'
import { expect, open, type Page, test } from './support/test'

const dialog = (page: Page) => page.getByRole('dialog', { name: 'New identity' })
const createButton = (page: Page) => page.getByRole('button', { name: 'Create identity' })

test('creates a person in the dialog over the list', async ({ page }) => {
  const digits = uniquePhoneDigits()
  const [name, key] = [`${uniqueWord()} ${uniqueWord()}`, `res_${uniqueWord()}`]
  const email = `${uniqueWord().toLowerCase()}@example.com`
  await open(page, '/identities')
  await page.getByRole('link', { name: 'New identity' }).click()
  await expect(dialog(page)).toBeVisible()
  await expect(page).toHaveURL(/\/identities\/new$/)
  await expect(page.getByRole('table', { name: 'Identities', includeHidden: true })).toBeVisible()
  await fillIdentityForm(page, {
    name: `  ${name} `,
    email: ` ${email}`,
    phone: `(${digits.slice(0, 3)}) ${digits.slice(3, 6)}-${digits.slice(6)}`,
    key,
  })
  await createButton(page).click()
  await arriveAtPerson(page)
  await expect(page.getByRole('heading', { level: 1, name, exact: true })).toBeVisible()
  await expect(page.getByText('The identity was created.')).toBeVisible()
  await expect(dialog(page)).toBeHidden()
  await expect(page).toHaveTitle(`${name} · Keyholder`)
  const main = page.getByRole('main')
  await expect(main.getByText(email, { exact: true })).toBeVisible()
  await expect(
    main.getByText(`+1 ${digits.slice(0, 3)} ${digits.slice(3, 6)} ${digits.slice(6)}`, { exact: true }),
  ).toBeVisible()
  await expect(main.getByText(key, { exact: true })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Timeline' })).toContainText(`Dana Reyes created ${name}`)

  // The form is done with: back leads to the list.
  await page.goBack()
  await expect(page).toHaveURL(/\/identities$/)
  await expect(dialog(page)).toBeHidden()
  await expect(page.getByRole('link', { name, exact: true })).toBeVisible()
})

test('closes the dialog by going back, and finds it as a page on reload', async ({ page }) => {
  await open(page, '/identities?q=whit')
  await page.getByRole('link', { name: 'New identity' }).click()
  await expect(dialog(page)).toBeVisible()
  await page.goBack()
  await expect(dialog(page)).toBeHidden()
  await expect(page).toHaveURL(/\/identities\?q=whit$/)
  await page.goForward()
  await expect(dialog(page)).toBeVisible()

  await page.getByRole('button', { name: 'Close' }).click()
  await expect(dialog(page)).toBeHidden()
  await expect(page).toHaveURL(/\/identities\?q=whit$/)
  await expect(page.getByRole('searchbox', { name: 'Search people' })).toHaveValue('whit')

  await page.getByRole('link', { name: 'New identity' }).click()
  await expect(dialog(page)).toBeVisible()
  await page.reload()
  await expect(page.getByRole('heading', { level: 1, name: 'New identity' })).toBeVisible()
  await expect(dialog(page)).toHaveCount(0)
  await expect(page).toHaveTitle('New identity · Keyholder')
})

test('is told beside each field what is wrong, and loses nothing', async ({ page }) => {
  await open(page, '/identities/new')
  await createButton(page).click()
  await expect(page.getByRole('textbox', { name: 'Full name' })).toHaveAccessibleDescription(
    /an identity needs at least one of them/,
  )
  await expect(page.getByRole('textbox', { name: 'Full name' })).toBeFocused()

  const name = `${uniqueWord()} ${uniqueWord()}`
  await fillIdentityForm(page, { name, email: 'not an address', phone: '12', key: 'k' })
  await createButton(page).click()
  await expect(page.getByRole('textbox', { name: 'Email address' })).toHaveAccessibleDescription(/name@example\.com/)
  await expect(page.getByRole('textbox', { name: 'Email address' })).toBeFocused()
  await expect(page.getByRole('textbox', { name: 'Phone number' })).toHaveAccessibleDescription(
    /Enter a complete phone number/,
  )
  await expect(page.getByRole('textbox', { name: 'Full name' })).toHaveValue(name)
  await expect(page.getByRole('textbox', { name: 'Email address' })).toHaveValue('not an address')
  await expect(page.getByRole('textbox', { name: 'Phone number' })).toHaveValue('12')
  await expect(page.getByRole('textbox', { name: 'User identity key' })).toHaveValue('k')
  await expect(page).toHaveURL(/\/identities\/new$/)
})

test('is warned while typing of whoever has it already, then refused beside the field', async ({ page, context }) => {
  const digits = uniquePhoneDigits()
  const holder = `${uniqueWord()} ${uniqueWord()}`
  const [email, key] = [`${uniqueWord().toLowerCase()}@example.com`, uniqueWord()]
  const id = await addPerson(page, { name: holder, email, phone: digits, key })

  await open(page, '/identities/new')
  await page.getByRole('textbox', { name: 'Email address' }).pressSequentially(email.toUpperCase())
  const taken = (words: string) => page.getByRole('paragraph').filter({ hasText: words })
  await expect(taken('Has this email address already:').getByRole('link', { name: holder })).toBeVisible()
  await page.getByRole('textbox', { name: 'Phone number' }).fill(`1-${digits.slice(0, 3)}-${digits.slice(3)}`)
  await expect(taken('Has this phone number already:').getByRole('link', { name: holder })).toBeVisible()
  await page.getByRole('textbox', { name: 'User identity key' }).fill(key)
  await expect(taken('Has this key already:').getByRole('link', { name: holder })).toBeVisible()
  await page.getByRole('textbox', { name: 'Full name' }).fill(holder.slice(0, -1))
  await expect(taken('Nearly the same name:').getByRole('link', { name: holder })).toBeVisible()

  const opening = context.waitForEvent('page')
  await taken('Has this key already:').getByRole('link', { name: holder }).click()
  const tab = await opening
  await expect(tab).toHaveURL(new RegExp(id))
  await tab.close()

  await createButton(page).click()
  const refusedField = page.locator('[aria-invalid=true]')
  await expect(refusedField).toHaveCount(1)
  await expect(refusedField).toBeFocused()
  await expect(refusedField).toHaveAccessibleDescription(new RegExp(`“${holder}” already has this`))
  await expect(page.getByRole('textbox', { name: 'Email address' })).toHaveValue(email.toUpperCase())
  await expect(page.getByRole('textbox', { name: 'Full name' })).toHaveValue(holder.slice(0, -1))

  for (const [label, words, more] of [
    ['Email address', 'email address', { phone: '', key: '' }],
    ['Phone number', 'phone number', { email: '', phone: `+1${digits}` }],
    ['User identity key', 'user identity key', { phone: '', key }],
  ] as const) {
    await fillIdentityForm(page, more)
    await createButton(page).click()
    await expect(page.getByRole('textbox', { name: label })).toHaveAccessibleDescription(
      new RegExp(`“${holder}” already has this ${words}\\.`),
    )
    await expect(page.getByRole('textbox', { name: label })).toBeFocused()
  }
})

test('makes one person however often the button is pressed', async ({ page }) => {
  const name = `${uniqueWord()} ${uniqueWord()}`
  await open(page, '/identities/new')
  await fillIdentityForm(page, { name })
  await createButton(page).dblclick()
  await arriveAtPerson(page)
  await open(page, `/identities?q=${encodeURIComponent(name)}`)
  await expect(page.getByRole('navigation', { name: 'Pages' })).toContainText('1–1 of 1')
})

test('presses Enter in a field to create', async ({ page }) => {
  const email = `${uniqueWord().toLowerCase()}@example.com`
  await open(page, '/identities/new')
  await fillIdentityForm(page, { email })
  await page.getByRole('textbox', { name: 'Email address' }).press('Enter')
  await arriveAtPerson(page)
  // Without a name, the email address is what a person is called.
  await expect(page.getByRole('heading', { level: 1, name: email })).toBeVisible()
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('creates a person by a plain form, also after a refused save', async ({ page }) => {
    const name = `${uniqueWord()} ${uniqueWord()}`
    await page.goto('/identities/new')
    await fillIdentityForm(page, { name, email: 'not an address', phone: '(415) 555-0199 99999999' })
    await createButton(page).click()
    await expect(page.getByRole('textbox', { name: 'Email address' })).toHaveAccessibleDescription(/name@example\.com/)
    await expect(page.getByRole('textbox', { name: 'Full name' })).toHaveValue(name)
    await expect(page.getByRole('textbox', { name: 'Email address' })).toHaveValue('not an address')
    await fillIdentityForm(page, { email: `${uniqueWord().toLowerCase()}@example.com`, phone: uniquePhoneDigits() })
    await createButton(page).click()
    await expect(page).toHaveURL(/\/identities\/[0-9a-f-]{36}(\?|$)/)
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  })

  test('searches, sorts by address and pages through the list', async ({ page }) => {
    await page.goto('/identities')
    const search = page.getByRole('searchbox', { name: 'Search people' })
    await search.fill('whitfield jane')
    await search.press('Enter')
    await expect(page).toHaveURL(/[?&]q=whitfield(\+|%20)jane/)
    const rows = page.getByRole('table', { name: 'Identities' }).locator('tbody').getByRole('row')
    await expect(rows).toHaveCount(1)
    await expect(rows.getByRole('link', { name: 'Jane Whitfield' })).toBeVisible()
    await page.goto('/identities?sort=name')
    await page.getByRole('link', { name: 'Next' }).click()
    await expect(page.getByRole('navigation', { name: 'Pages' })).toContainText('51–100 of')
    await expect(page).toHaveURL(/sort=name/)
  })
})
