import { callApi } from './support/api'
import { acsUserIdsOf, addPerson, createPerson, systemRow, systems, uniqueWord } from './support/people'
import { expect, open, test, toast } from './support/test'

test('sees what somebody else changes, without a reload and without losing what was typed', async ({ page }) => {
  const name = `${uniqueWord()} ${uniqueWord()}`
  const user_identity_id = await createPerson(page, { name }, systems.salto)
  const [acs_user_id] = await acsUserIdsOf(page, user_identity_id)
  const row = systemRow(page, systems.salto)
  await expect(row.getByText('Active', { exact: true })).toBeVisible()
  await callApi(page, '/acs/users/suspend', { acs_user_id })
  await expect(row.getByText('Suspended', { exact: true })).toBeVisible()
  await expect(toast(page, /suspended/)).toBeVisible()

  await open(page, `/identities/${user_identity_id}?edit`)
  const field = page.getByRole('textbox', { name: 'Full name' })
  await field.fill(`${name} Junior`)
  await callApi(page, '/acs/users/unsuspend', { acs_user_id })
  await expect(row.getByText('Active', { exact: true })).toBeVisible()
  await expect(field).toHaveValue(`${name} Junior`)
})

test('a person whose page was fetched while the pointer rested on them is shown as they are now', async ({ page }) => {
  const name = uniqueWord()
  const userIdentityId = await addPerson(page, { name }, systems.salto)
  const [acs_user_id] = await acsUserIdsOf(page, userIdentityId)
  await open(page, `/identities?q=${name}`)
  const fetched = page.waitForResponse((response) => response.url().includes(`/identities/${userIdentityId}?`))
  await page.getByRole('link', { name }).hover()
  await fetched
  // Next stops reading as soon as it has the page, so that the answer itself never ends.
  await page.waitForLoadState('networkidle')
  await callApi(page, '/acs/users/suspend', { acs_user_id })
  await page.getByRole('link', { name }).click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  await expect(systemRow(page, systems.salto).getByText('Suspended', { exact: true })).toBeVisible()
})
