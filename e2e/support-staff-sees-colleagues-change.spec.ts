import { callApi } from './support/api'
import { acsUserIdsOf, createPerson, systemRow, systems, uniqueWord } from './support/people'
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
