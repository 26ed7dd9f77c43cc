import { accessibilityViolations } from './support/accessibility'
import { callApi } from './support/api'
import { demoSession } from './support/folders'
import { acsUserIdsOf, addPerson, doorsOf, systemId, systems, uniqueWord } from './support/people'
import { expect, notFoundInConsole, open, type Page, test, toast, untilInteractive } from './support/test'

test.setTimeout(240_000)

const result = (page: Page) => page.getByRole('region', { name: 'Diagnosis', exact: true })
const inOrder = 'Everything on our side is in order.'

/** A person with an ACS user in an access system. */
async function makeLinkedPerson(page: Page, name: string, system: string) {
  const user_identity_id = await addPerson(page, { name }, system)
  const [acs_user_id = ''] = await acsUserIdsOf(page, user_identity_id)
  return { user_identity_id, acs_user_id }
}

/** Looks again, as whoever left the page open for a while would. */
async function says(page: Page, words: string | RegExp): Promise<void> {
  await page.reload()
  await expect(result(page)).toContainText(words)
}

test('finds the broken link of every kind, mends it where a button does, and ends with everything in order', async ({
  page,
}) => {
  const name = `Dora ${uniqueWord()}`
  const door = (await doorsOf(page, systems.salto)).find(({ display_name }) => display_name === 'Gym')
  expect(door, 'the demo has a gym').toBeDefined()
  const acs_entrance_id = door?.acs_entrance_id ?? ''
  const user_identity_id = await addPerson(page, { name })
  await open(page, `/identities/${user_identity_id}`)

  await test.step('by keyboard: no ACS user', async () => {
    await page.getByRole('button', { name: 'Choose a door…' }).focus()
    await page.keyboard.press('Enter')
    const picker = page.getByRole('dialog', { name: 'Which door does not open?' })
    await expect(picker.getByRole('combobox', { name: 'Search doors of the workspace' })).toBeFocused()
    await page.keyboard.type('gym harbor salto')
    await expect(picker.getByRole('option')).toHaveCount(1)
    await expect(picker.getByRole('option', { name: /Gym/ })).toBeVisible()
    // The list is of what was typed last, once it is no longer busy.
    await expect(picker.locator('[aria-busy=true]')).toHaveCount(0)
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(new RegExp(`door=${acs_entrance_id}`))
    await expect(result(page)).toContainText(`There is no ACS user for this person in ${systems.salto}.`)
    await expect(result(page)).toBeFocused()
    await page.keyboard.press('Tab')
    await expect(page.getByRole('button', { name: 'Create an ACS user' })).toBeFocused()
    await page.keyboard.press('Enter')
  })
  await test.step('nothing gives them the door', async () => {
    await expect(result(page)).toContainText(`Nothing gives ${name} the door “Gym”`)
    await expect(result(page).getByRole('listitem').filter({ hasText: 'Access group' }).first()).toContainText(
      /Opens (\d+ doors|this door alone)/,
    )
    await page.getByRole('button', { name: 'Grant Gym by itself' }).click()
    await expect(toast(page, 'Granted Gym.')).toBeVisible()
  })

  const { acs_users } = (await callApi(page, '/user_identities/list_acs_users', { user_identity_id })) as {
    acs_users: { acs_user_id: string }[]
  }
  const acs_user_id = acs_users[0]?.acs_user_id ?? ''
  const issue = async (credential: object) => {
    const { acs_credential } = (await callApi(page, '/acs/credentials/create', { acs_user_id, ...credential })) as {
      acs_credential: { acs_credential_id: string }
    }
    return acs_credential.acs_credential_id
  }
  await test.step('no credential', async () => {
    await expect(result(page)).toContainText('has no credential that would open this door')
    await result(page).getByRole('button', { name: 'Issue a credential…' }).click()
    await page.getByRole('dialog', { name: 'Issue a mobile credential' }).getByRole('button', { name: 'Issue' }).click()
    const issued = toast(page, /^Issued a mobile credential/)
    await expect(issued).toBeVisible()
    await expect(result(page)).toContainText(inOrder)
    await issued.getByRole('button', { name: 'Undo' }).click()
    await expect(result(page)).toContainText('has no credential that would open this door')
  })
  await test.step('a credential that the door does not take', async () => {
    await issue({ access_method: 'card' })
    await says(page, /This door opens with .*there is only Card/)
  })
  await test.step('a credential that has not begun', async () => {
    const acs_credential_id = await issue({ access_method: 'mobile_key', starts_at: '2100-01-01T00:00:00Z' })
    await says(page, 'is valid only from')
    await callApi(page, '/acs/credentials/delete', { acs_credential_id })
  })
  await test.step('a credential that expired', async () => {
    await issue({ access_method: 'mobile_key', starts_at: '2020-01-01T00:00:00Z', ends_at: '2021-01-01T05:00:00Z' })
    await says(page, 'expired Jan 1, 2021, 12:00 AM')
    await untilInteractive(page)
    await result(page).getByRole('button', { name: 'Extend the credential…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Extend credential' })
    await dialog.getByRole('button', { name: 'Valid until: No end' }).click()
    await dialog.getByRole('button', { name: 'Save end' }).click()
    await expect(result(page)).toContainText(inOrder)
    await toast(page, /^Changed the end of/)
      .getByRole('button', { name: 'Undo' })
      .click()
    await expect(result(page)).toContainText('expired Jan 1, 2021, 12:00 AM')
  })
  await test.step('in order, with the evidence', async () => {
    await issue({ access_method: 'mobile_key', ends_at: '2100-01-01T05:00:00Z' })
    await says(page, inOrder)
    await expect(result(page)).toContainText('Granted by itself.')
    await expect(result(page)).toContainText('valid until Jan 1, 2100, 12:00 AM')
    await expect(result(page)).toContainText('What to check at the door')
  })
  await test.step('a schedule that is over, and one that has not begun', async () => {
    await callApi(page, '/acs/users/update', {
      acs_user_id,
      access_schedule: { starts_at: '2020-01-01T00:00:00Z', ends_at: '2021-01-01T05:00:00Z' },
    })
    await says(page, 'The access schedule ended Jan 1, 2021, 12:00 AM.')
    await callApi(page, '/acs/users/update', {
      acs_user_id,
      access_schedule: { starts_at: '2100-01-01T05:00:00Z', ends_at: '2101-01-01T05:00:00Z' },
    })
    await says(page, 'The access schedule begins only Jan 1, 2100, 12:00 AM.')
    await callApi(page, '/acs/users/update', { acs_user_id, access_schedule: null })
  })
  await test.step('a suspension', async () => {
    await callApi(page, '/acs/users/suspend', { acs_user_id })
    await open(page, page.url())
    await expect(result(page)).toContainText(`${name} is suspended`)
    await page.getByRole('button', { name: 'Lift suspension', exact: true }).click()
    await expect(result(page)).toContainText(inOrder)
    await expect(result(page)).toBeFocused()
  })
  await test.step('everything of it is accessible, also on a phone', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(overflow).toBeLessThanOrEqual(0)
    const violations = await accessibilityViolations(page, { within: '#diagnosis' })
    expect(violations.map(({ id }) => id)).toEqual([])
  })
  await test.step('closing it leaves the focus with the question', async () => {
    await page.getByRole('link', { name: 'Close the diagnosis' }).click()
    await expect(result(page)).toBeHidden()
    await expect(page).not.toHaveURL(/door=/)
    await expect(page.locator('#diagnosis')).toBeFocused()
  })
})

test('is told that an access system does not answer, since when, and what it says', async ({ page }) => {
  const name = `Dora ${uniqueWord()}`
  const [door] = await doorsOf(page, systems.visionline)
  const { user_identity_id, acs_user_id } = await makeLinkedPerson(page, name, systems.visionline)
  const acs_entrance_id = door?.acs_entrance_id ?? ''
  await callApi(page, '/acs/entrances/grant_access', { acs_entrance_id, acs_user_id })
  await callApi(page, '/acs/credentials/create', { acs_user_id, access_method: 'mobile_key' })
  await page.goto(`/identities/${user_identity_id}?door=${acs_entrance_id}`)
  await expect(result(page)).toContainText(/is not reachable since \w+ \d+, \d+, .*The Visionline server/)
})

test('checks all doors at once, also without JavaScript, and goes on to one of them', async ({ page, browser }) => {
  const name = `Dora ${uniqueWord()}`
  const [one, two] = await doorsOf(page, systems.salto)
  const { user_identity_id, acs_user_id } = await makeLinkedPerson(page, name, systems.salto)
  for (const door of [one, two]) {
    await callApi(page, '/acs/entrances/grant_access', { acs_entrance_id: door?.acs_entrance_id, acs_user_id })
  }
  await callApi(page, '/acs/users/suspend', { acs_user_id })
  const context = await browser.newContext({ storageState: demoSession, javaScriptEnabled: false })
  const plain = await context.newPage()
  await plain.goto(`/identities/${user_identity_id}`)
  await plain.getByRole('link', { name: 'Check all doors' }).click()
  await expect(result(plain)).toContainText(`2 doors in ${systems.salto}: suspended`)
  await expect(result(plain)).toContainText(new RegExp(`\\d+ doors in ${systems.salto}: not given`))
  await expect(result(plain)).toContainText(new RegExp(`\\d+ doors? in ${systems.latch}: no ACS user`))
  await plain.getByText(`2 doors in ${systems.salto}: suspended`).click()
  await plain.getByRole('link', { name: one?.display_name, exact: true }).click()
  await expect(result(plain)).toContainText(`${name} is suspended`)
  await context.close()
})

test('filters a person’s doors in the address, and asks why one is shut', async ({ page }) => {
  const name = `Dora ${uniqueWord()}`
  const { user_identity_id, acs_user_id } = await makeLinkedPerson(page, name, systems.salto)
  const { acs_user } = (await callApi(page, '/acs/users/create', {
    acs_system_id: await systemId(page, systems.latch),
    full_name: name,
    user_identity_id,
    access_schedule: { starts_at: '2020-01-01T00:00:00Z', ends_at: '2100-01-01T05:00:00Z' },
  })) as { acs_user: { acs_user_id: string } }
  const inSalto = (await doorsOf(page, systems.salto)).slice(0, 9)
  const [inLatch] = await doorsOf(page, systems.latch)
  for (const { acs_entrance_id } of inSalto)
    await callApi(page, '/acs/entrances/grant_access', { acs_entrance_id, acs_user_id })
  await callApi(page, '/acs/entrances/grant_access', {
    acs_entrance_id: inLatch?.acs_entrance_id,
    acs_user_id: acs_user.acs_user_id,
  })
  await callApi(page, '/acs/credentials/create', { acs_user_id, access_method: 'mobile_key' })
  await open(page, `/identities/${user_identity_id}`)
  const doors = page.getByRole('region', { name: 'Doors' })
  await expect(doors).toContainText('10 doors in 2 systems, 1 of them shut now')
  await doors.getByRole('checkbox', { name: 'Shut now' }).check()
  await expect(doors.getByRole('listitem')).toHaveCount(1)
  await expect(doors.getByRole('listitem')).toContainText('No credential')
  await expect(doors.getByRole('listitem')).toContainText('until Jan 1, 2100')
  await expect(page).toHaveURL(/shut=1/)
  await page.reload()
  await expect(doors.getByRole('listitem')).toHaveCount(1)
  await doors.getByRole('combobox', { name: 'Access system' }).selectOption(systems.salto)
  await expect(doors.getByRole('status')).toHaveText('No door matches.')
  await doors.getByRole('checkbox', { name: 'Shut now' }).uncheck()
  await expect(doors.getByRole('status')).toHaveText('9 doors in 1 system')
  await doors.getByRole('combobox', { name: 'Access system' }).selectOption('All access systems')
  await doors.getByRole('searchbox', { name: 'Search doors' }).fill(inLatch?.display_name ?? '')
  await doors
    .getByRole('listitem')
    .filter({ hasText: systems.latch })
    .getByRole('link', { name: /^Why\?/ })
    .click()
  await expect(result(page)).toContainText('has no credential that would open this door')
  await expect(result(page)).toBeFocused()
  await expect(page).toHaveURL(/doors=/)
})

test.describe('sharing', () => {
  test.use({ permissions: ['clipboard-read', 'clipboard-write'] })

  test('hands a colleague the very view, also one who looks at another workspace', async ({
    page,
    browser,
    problems,
  }) => {
    problems.expect(notFoundInConsole)
    const name = `Dora ${uniqueWord()}`
    const [door] = await doorsOf(page, systems.salto)
    const { user_identity_id, acs_user_id } = await makeLinkedPerson(page, name, systems.salto)
    await callApi(page, '/acs/credentials/create', { acs_user_id, access_method: 'code', code: '483920' })
    await open(page, `/identities/${user_identity_id}?door=${door?.acs_entrance_id}`)
    await page.getByRole('button', { name: 'Share' }).click()
    await page.getByRole('menuitem', { name: 'Copy support link' }).click()
    await expect(toast(page, 'Copied the support link.')).toBeVisible()
    const link = await page.evaluate(() => navigator.clipboard.readText())
    expect(link).toMatch(
      new RegExp(`^http.*/identities/${user_identity_id}\\?door=${door?.acs_entrance_id}&workspace=`),
    )

    await page.getByRole('button', { name: 'Share' }).click()
    await page.getByRole('menuitem', { name: 'Copy summary' }).click()
    await expect(toast(page, 'Copied the summary.')).toBeVisible()
    const summary = await page.evaluate(() => navigator.clipboard.readText())
    for (const part of [name, user_identity_id, acs_user_id, systems.latch, 'Nothing gives', link]) {
      expect(summary).toContain(part)
    }
    expect(summary).not.toContain('483920')

    const context = await browser.newContext({ storageState: { cookies: [], origins: [] } })
    problems.watch(context)
    const colleague = await context.newPage()
    await colleague.goto(link)
    await colleague.getByRole('button', { name: 'Explore the demo' }).click()
    await expect(result(colleague)).toContainText('Nothing gives')
    await colleague.getByRole('button', { name: 'Workspace: Harborview Living' }).click()
    await colleague.getByRole('menuitem', { name: 'other' }).click()
    await expect(colleague.getByRole('button', { name: 'Workspace: other' })).toBeVisible()
    await open(colleague, link)
    await expect(colleague.getByRole('heading', { name: 'This link is for Harborview Living' })).toBeVisible()
    await colleague.getByRole('button', { name: 'Switch workspace' }).click()
    await expect(result(colleague)).toContainText('Nothing gives')
    const elsewhere = await colleague.goto(link.replace(/workspace=.*/, `workspace=${user_identity_id}`))
    expect(elsewhere?.status()).toBe(404)
    await context.close()
  })
})

test('shows what to copy where the browser does not allow copying', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'clipboard', { value: { writeText: () => Promise.reject(new Error('denied')) } })
  })
  await open(page, '/identities?q=jane.whitfield')
  await page.getByRole('link', { name: 'Jane Whitfield' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Jane Whitfield' })).toBeVisible()
  await page.getByRole('button', { name: 'Share' }).click()
  await page.getByRole('menuitem', { name: 'Copy summary' }).click()
  const shown = page.getByRole('dialog', { name: 'Copy this yourself' })
  await expect(shown.getByRole('textbox', { name: 'Summary' })).toHaveValue(/^Jane Whitfield\nUser identity: /)
  await page.keyboard.press('Escape')
  await expect(shown).toBeHidden()
})
