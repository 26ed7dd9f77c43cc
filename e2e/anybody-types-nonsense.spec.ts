import { uniqueWord } from './support/people'
import { expect, open, test, untilInteractive } from './support/test'

const nonsense: Record<string, string> = {
  blank: ' \t  ',
  'invisible characters': '\u200b\u200d\u2060',
  'ten thousand characters': 'x'.repeat(10_000),
  'control characters': 'a\u0001b\u001f\u007f',
  'a NUL byte': 'a\u0000b',
  'half a surrogate pair': 'a\ud83db',
  'right-to-left text': 'שלום עליכם \u202eabc\u202c',
  emoji: '👩‍👩‍👧‍👦🏳️‍🌈 Ω≈ç√',
  SQL: `'; drop table user_identities; --`,
  'SQL patterns': '%_\\%',
  HTML: '<img src=x onerror="window.hurt=true"><script>window.hurt=true</script>',
  'a template': '{{7*7}}<%= 7*7 %>',
}

const fields = ['Full name', 'Email address', 'Phone number', 'User identity key'] as const

for (const field of fields) {
  test(`types nonsense as ${field.toLowerCase()}: told so beside it, or kept word for word`, async ({ page }) => {
    for (const [what, typed] of Object.entries(nonsense)) {
      await test.step(what, async () => {
        const isBlank = what === 'blank' || what === 'invisible characters'
        const marker = uniqueWord()
        const given = isBlank || field === 'Email address' || field === 'Phone number' ? typed : `${typed}${marker}`
        await open(page, '/identities/new')
        // With a name that passes, only the field in question can be refused.
        if (field !== 'Full name') await page.getByRole('textbox', { name: 'Full name' }).fill(`Nonsense ${marker}`)
        await page.getByRole('textbox', { name: field }).fill(given)
        await page.getByRole('button', { name: 'Create identity' }).click()
        const refused = page.getByRole('textbox', { name: field }).and(page.locator('[aria-invalid=true]'))
        const created = page.getByRole('region', { name: 'Facts' })
        await expect(refused.or(created)).toBeVisible()
        if (await refused.isVisible()) {
          await expect(refused).toHaveAccessibleDescription(/\S/)
        } else if (!isBlank) {
          // Browsers themselves send a replacement character for half a surrogate pair.
          const stored = given.trim().toWellFormed()
          await expect(page.getByRole('main').getByText(stored, { exact: true }).first()).toBeVisible()
        }
        expect(await page.evaluate(() => 'hurt' in window)).toBe(false)
      })
    }
  })
}

test('searches for nonsense everywhere and is answered', async ({ page }) => {
  const systemsPage = await (await page.request.get('/access-systems')).text()
  const acsSystemId = /\/access-systems\/([0-9a-f-]{36})/.exec(systemsPage)?.[1]
  const people = await (await page.request.get('/data/identities?q=jane.whitfield')).json()
  const person = people.items[0].userIdentityId
  for (const [what, typed] of Object.entries({ ...nonsense, nothing: '' })) {
    const q = encodeURIComponent(typed.toWellFormed())
    for (const address of [
      `/identities?q=${q}`,
      `/identities?q=${q}&sort=${q}&linked=${q}&missing=${q}&problem=${q}&cursor=${q}`,
      `/access-systems/${acsSystemId}?q=${q}&linked=${q}&sort=${q}&cursor=${q}`,
      `/data/identities?q=${q}&linked=${q}&missing=${q}&cursor=${q}`,
      `/data/access-systems/${acsSystemId}/acs-users?q=${q}&cursor=${q}`,
      `/data/identities/similar?full_name=${q}&email_address=${q}&phone_number=${q}&user_identity_key=${q}&except=${q}`,
      `/data/acs-users/options?system=${acsSystemId}&identity=${person}&q=${q}`,
      `/data/acs-users/options?system=${q}&identity=${q}&q=${q}`,
      `/data/acs-users/access-groups?acs_user=${q}&door=${q}`,
      `/data/acs-users/issue-options?acs_user=${q}`,
      `/data/acs-users/issue-options?identity=${q}`,
      `/data/identities/options?acs_user=${q}&q=${q}`,
      `/data/search?q=${q}`,
      `/identities/${person}?edit=${q}`,
      `/identities/new?acs_user_id=${q}`,
      `/?notice=${q}`,
    ]) {
      const response = await page.request.get(address)
      expect(response.status(), `${what}: ${address.slice(0, 200)}`).toBeLessThan(500)
    }
  }
})

test('types nonsense into the search box and the palette', async ({ page }) => {
  await open(page, '/identities')
  const search = page.getByRole('searchbox', { name: 'Search people' })
  for (const typed of Object.values(nonsense)) {
    const answered = page.waitForResponse((response) => response.url().includes('/data/identities'))
    await search.fill(typed.slice(0, 200))
    if (typed.trim() !== '') expect((await answered).status()).toBe(200)
    else answered.catch(() => undefined)
    await expect(page.getByRole('table').or(page.getByText('No people match'))).toBeVisible()
  }
  expect(await page.evaluate(() => 'hurt' in window)).toBe(false)
  await page.reload()
  await untilInteractive(page)
  await page.keyboard.press('ControlOrMeta+k')
  const palette = page.getByRole('dialog', { name: 'Find anything' })
  for (const typed of Object.values(nonsense)) await palette.getByRole('combobox').fill(typed.slice(0, 500))
  await palette.getByRole('combobox').fill('jane whitfield')
  await expect(palette.getByRole('option', { name: /^Jane Whitfield/ }).first()).toBeVisible()
})

test.describe('without JavaScript', () => {
  // Nothing on the page puts back what is forged.
  test.use({ javaScriptEnabled: false })

  test('edits with nonsense in the hidden fields: nothing is written', async ({ page }) => {
    const name = `${uniqueWord()} ${uniqueWord()}`
    await page.goto('/identities/new')
    await page.getByRole('textbox', { name: 'Full name' }).fill(name)
    await page.getByRole('button', { name: 'Create identity' }).click()
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
    const address = new URL(page.url()).pathname
    for (const [field, value] of [
      ['version', 'abc'],
      ['version', '-1'],
      ['version', '99999999999999999999'],
      ['user_identity_id', 'not-a-uuid'],
      ['user_identity_id', '01890a5d-ac96-774b-bcce-b302099a8057'],
    ] as const) {
      await test.step(`${field}: ${value}`, async () => {
        await page.goto(`${address}?edit`)
        await page.getByRole('textbox', { name: 'Full name' }).fill('Forged')
        await page
          .locator(`input[name=${field}]`)
          .evaluate((input, forged) => input.setAttribute('value', forged), value)
        await page.getByRole('button', { name: 'Save changes' }).click()
        await expect(page.getByRole('main').getByRole('alert').filter({ hasText: /\S/ })).toBeVisible()
      })
    }
    await page.goto(address)
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  })
})
