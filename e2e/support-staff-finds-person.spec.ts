import { callApi } from './support/api'
import { acsUserIdsOf, addPerson, doorsOf, systems, uniquePhoneDigits, uniqueWord } from './support/people'
import { expect, open, type Page, test, untilInteractive } from './support/test'

/** Types into the list's search box and waits until the list shows exactly these people. */
async function searchFinds(page: Page, typed: string, ...names: string[]): Promise<void> {
  await page.getByRole('searchbox', { name: 'Search people' }).fill(typed)
  const rows = page.getByRole('table', { name: 'Identities' }).locator('tbody').getByRole('row')
  await expect(rows, `who is found by “${typed}”`).toHaveCount(names.length)
  for (const name of names) await expect(rows.getByRole('link', { name, exact: true })).toHaveCount(1)
  const total = `${names.length} ${names.length === 1 ? 'person' : 'people'}`
  await expect(page.getByRole('status').filter({ hasText: total })).toBeAttached()
}

test('finds a person by any part of what is known of them', async ({ page }) => {
  const [given, family] = [uniqueWord(), uniqueWord()]
  const domain = uniqueWord().toLowerCase()
  const digits = uniquePhoneDigits()
  const key = `res_${uniqueWord().toLowerCase()}`
  const name = `Zoë-${given} Ødegård ${family}`
  const id = await addPerson(page, { name, email: `${given}.someone@${domain}.example`, phone: digits, key })
  await open(page, '/identities')

  const scraps = {
    'a first name': given,
    'the end of a family name': family.slice(3).toLowerCase(),
    'words in another order': `${family} zoe`,
    'a name with a comma': `${family}, ${given}`,
    'no accents': `odegard ${family.toUpperCase()}`,
    'other accents': `zöé ${family}`,
    'the beginning of an email address': `${given.toLowerCase()}.some`,
    'a whole email address': `${given}.Someone@${domain}.example`,
    'a part of the domain': domain.slice(1, 8),
    'the domain with its sign': `@${domain}`,
    'all digits of a phone number': digits,
    'the last digits': digits.slice(2),
    'an American phone number': `(${digits.slice(0, 3)}) ${digits.slice(3, 6)}-${digits.slice(6)}`,
    dots: `${digits.slice(0, 3)}.${digits.slice(3, 6)}.${digits.slice(6)}`,
    'a country code': `+1 ${digits.slice(0, 3)} ${digits.slice(3)}`,
    'a country code without plus': `1${digits}`,
    'a prefix dialled from abroad': `00 1 ${digits}`,
    'the key': key,
    'a part of the key': key.slice(4),
    'the pasted id': id,
    'the pasted id in capitals and spaces': `  ${id.toUpperCase()} `,
  }
  for (const [what, typed] of Object.entries(scraps)) {
    await test.step(what, async () => {
      await searchFinds(page, typed, name)
      // So that the next scrap cannot be satisfied by what this one found.
      await page.getByRole('searchbox', { name: 'Search people' }).fill('nobody is called this')
      await expect(page.getByText('No people match')).toBeVisible()
    })
  }
})

test('finds a person by the id of an ACS user that is attached to them', async ({ page }) => {
  await open(page, '/identities?q=jane.whitfield')
  await page.getByRole('link', { name: 'Jane Whitfield' }).click()
  const acsUser = page.getByRole('listitem', { name: systems.hid }).getByRole('link', { name: 'Jane Whitfield' })
  const acsUserId = (await acsUser.getAttribute('href'))?.split('/').at(-1) ?? ''
  expect(acsUserId).toMatch(/^[0-9a-f-]{36}$/)
  await open(page, '/identities')
  await searchFinds(page, acsUserId, 'Jane Whitfield')
})

test('sees the total follow the search, and clears a search that finds nobody', async ({ page }) => {
  await open(page, '/identities')
  const search = page.getByRole('searchbox', { name: 'Search people' })
  await search.fill('whit')
  const rows = page.getByRole('table', { name: 'Identities' }).locator('tbody').getByRole('row')
  await expect(page.getByRole('navigation', { name: 'Pages' })).toContainText(/^1–(\d+) of \1/)
  const found = await rows.count()
  expect(found).toBeGreaterThan(2)
  await expect(page.getByRole('navigation', { name: 'Pages' })).toContainText(`1–${found} of ${found}`)

  await search.fill('nobody is called this')
  await expect(page.getByText('No people match')).toBeVisible()
  await expect(page.getByRole('status').filter({ hasText: '0 people' })).toBeAttached()
  await page.getByRole('button', { name: 'Clear search and filters' }).click()
  await expect(search).toHaveValue('')
  await expect(page).toHaveURL(/\/identities$/)
  await expect(rows).toHaveCount(50)
})

test('types faster than the page answers, and nothing typed is lost', async ({ page }) => {
  await open(page, '/identities')
  await page.route('**/data/identities?*', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 120))
    await route.continue().catch(() => undefined)
  })
  const search = page.getByRole('searchbox', { name: 'Search people' })
  await search.pressSequentially('whitfield jane', { delay: 60 })
  await expect(search).toHaveValue('whitfield jane')
  const rows = page.getByRole('table', { name: 'Identities' }).locator('tbody').getByRole('row')
  await expect(rows).toHaveCount(1)
  await expect(search).toHaveValue('whitfield jane')
  await expect(page).toHaveURL(/[?&]q=whitfield(\+|%20)jane$/)
})

test('sees which doors open for a person and why, and finds one among them', async ({ page }) => {
  const userIdentityId = await addPerson(page, { name: `${uniqueWord()} ${uniqueWord()}` }, systems.salto)
  const [acs_user_id] = await acsUserIdsOf(page, userIdentityId)
  const granted = (await doorsOf(page, systems.salto)).slice(0, 12)
  for (const { acs_entrance_id } of granted) {
    await callApi(page, '/acs/entrances/grant_access', { acs_entrance_id, acs_user_id })
  }
  await open(page, `/identities/${userIdentityId}`)
  const all = granted.length
  const doors = page.getByRole('region', { name: 'Doors' })
  await expect(doors).toContainText(`${all} doors in 1 system`)
  await doors.getByRole('button', { name: `Show all ${all} doors` }).click()
  await expect(doors.getByRole('listitem')).toHaveCount(all)
  await expect(doors.getByRole('listitem').first()).toContainText('Granted')
  const door = (await doors.getByRole('listitem').last().locator('span').first().textContent()) ?? ''
  await doors.getByRole('searchbox', { name: 'Search doors' }).fill(door)
  await expect(doors.getByRole('status')).toContainText(/\d+ doors? in \d systems?/)
  await expect(doors.getByRole('listitem').filter({ hasText: door }).first()).toBeVisible()
  await doors.getByRole('searchbox', { name: 'Search doors' }).fill('no such door')
  await expect(doors.getByRole('status')).toHaveText('No door matches.')
})

test('sees which doors stay shut, and why', async ({ page }) => {
  await open(page, '/identities?q=jane.whitfield')
  await page.getByRole('link', { name: 'Jane Whitfield' }).click()
  const doors = page.getByRole('region', { name: 'Doors' })
  await expect(doors).toContainText(/\d+ doors in \d systems?,( \d+ of them)? shut now/)
  const words = (await doors.textContent()) ?? ''
  const shut = Number((/(\d+) of them/.exec(words) ?? /(\d+) doors/.exec(words))?.[1])
  expect(shut).toBeGreaterThan(0)
  await untilInteractive(page)
  await page.goto(`${page.url()}?shut=1`)
  await expect(doors.getByRole('status')).toContainText(`${shut} door`)
  const inSalto = doors.getByRole('listitem').filter({ hasText: systems.salto })
  await expect(inSalto).not.toHaveCount(0)
  await expect(inSalto.getByText('Suspended', { exact: true })).toHaveCount(await inSalto.count())
})
