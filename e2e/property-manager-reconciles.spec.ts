import { callApi } from './support/api'
import { addLooseAcsUser, addPerson, systems, uniqueWord } from './support/people'
import { expect, open, type Page, test, toast } from './support/test'

/** People and ACS users of one family name that nobody else has, so that a search shows these alone. */
async function addFamily(page: Page, family: string) {
  const email = (given: string) => `${given}.${family}@example.com`.toLowerCase()
  await addPerson(page, { name: `Elizabeth ${family}`, email: email('liz') })
  const omarId = await addPerson(page, { name: `Omar ${family}`, email: email('omar') })
  await addLooseAcsUser(page, systems.hid, { name: `Liz ${family}`, email: email('liz').toUpperCase() })
  await addLooseAcsUser(page, systems.hid, { name: `${family}, Omar`, email: email('omar') })
  await addLooseAcsUser(page, systems.hid, { name: `Spare Card ${family}` })
  return { omarId }
}

const rowOf = (page: Page, name: string) =>
  page
    .getByRole('list', { name: 'ACS users that wait for an identity' })
    .getByRole('listitem', { name: new RegExp(`^${name}`) })

test('attaches, creates and dismisses by mouse, and accepts all that is certain', async ({ page }) => {
  const family = uniqueWord()
  const { omarId } = await addFamily(page, family)
  await open(page, '/reconcile')
  await page.getByRole('searchbox', { name: 'Search the queue' }).fill(family)
  await expect(page).toHaveURL(new RegExp(`q=${family}`))
  const liz = rowOf(page, `Liz ${family}`)
  await expect(liz.getByRole('link', { name: `Elizabeth ${family}` })).toBeVisible()
  await expect(liz).toContainText('Certain')
  await expect(liz).toContainText('same emailnickname')
  const card = rowOf(page, `Spare Card ${family}`)

  await card.getByRole('button', { name: `Spare Card ${family} is not a person` }).click()
  await expect(toast(page, `Marked Spare Card ${family} as not a person.`)).toBeVisible()
  await card.getByRole('button', { name: 'Undo' }).click()
  await expect(toast(page, `Spare Card ${family} waits in the queue again.`)).toBeVisible()
  await card.getByRole('button', { name: `Create an identity from Spare Card ${family}` }).click()
  await expect(card).toContainText(`Created an identity from Spare Card ${family}.`)

  // Two are certain; both are attached at once, and given up at once.
  await page.getByRole('button', { name: 'Accept all certain (2)' }).click()
  const dialog = page.getByRole('dialog', { name: 'Accept all certain matches' })
  await expect(dialog.getByRole('list', { name: 'What will be attached' })).toContainText(`Omar ${family}`)
  await dialog.getByRole('button', { name: 'Attach 2 ACS users' }).click()
  await expect(dialog).toBeHidden()
  await expect(liz).toContainText('Attached 2 ACS users, all that was certain.')
  await toast(page, 'Attached 2 ACS users').getByRole('button', { name: 'Undo' }).click()
  await expect(toast(page, 'Detached 2 ACS users again.')).toBeVisible()

  // A row of many tells that it takes back all of them, and does.
  await page.getByRole('button', { name: 'Accept all certain (2)' }).click()
  await dialog.getByRole('button', { name: 'Attach 2 ACS users' }).click()
  await liz.getByRole('button', { name: 'Undo all 2' }).click()
  await expect(liz).not.toContainText('Attached 2 ACS users')
  await expect(rowOf(page, `${family}, Omar`)).not.toContainText('Attached 2 ACS users')
  await expect(page.getByRole('button', { name: 'Accept all certain (2)' })).toBeEnabled()

  // What a colleague does meanwhile is told.
  const { acs_users } = (await callApi(page, '/acs/users/list', { search: `Omar ${family}` })) as {
    acs_users: { acs_user_id: string }[]
  }
  await callApi(page, '/user_identities/add_acs_user', {
    acs_user_id: acs_users[0]?.acs_user_id,
    user_identity_id: omarId,
  })
  await expect(rowOf(page, `${family}, Omar`)).toContainText(`attached ${family}, Omar to Omar ${family} meanwhile.`)
})

test('works through the queue by keys alone', async ({ page }) => {
  const family = uniqueWord()
  await addFamily(page, family)
  await open(page, '/')
  await page.keyboard.press('g')
  await page.keyboard.press('r')
  await expect(page.getByRole('heading', { level: 1, name: 'Reconcile' })).toBeVisible()
  const search = page.getByRole('searchbox', { name: 'Search the queue' })
  await expect(search).toBeVisible()
  await page.keyboard.press('/')
  await expect(search).toBeFocused()
  await page.keyboard.type(family)
  const [liz, omar, card] = [
    rowOf(page, `Liz ${family}`),
    rowOf(page, `${family}, Omar`),
    rowOf(page, `Spare Card ${family}`),
  ]
  await expect(page).toHaveURL(new RegExp(`q=${family}`))
  await expect(card).toBeVisible()
  await expect(page.getByText('That is all.')).toBeVisible()

  // Letters belong to the field while it has the focus.
  await page.getByRole('combobox', { name: 'Access system' }).press('Tab')
  await page.keyboard.press('j')
  await expect(liz).toBeFocused()
  await page.keyboard.press('Enter')
  // The next one has the focus while the first is on its way.
  await expect(omar).toBeFocused()
  await expect(liz).toContainText(`Attached Liz ${family} to Elizabeth ${family}.`)
  await page.keyboard.press('f')
  const dialog = page.getByRole('dialog', { name: `Whose is ${family}, Omar?` })
  await expect(dialog.getByRole('group', { name: 'Suggested' }).getByRole('option').first()).toContainText(
    `Omar ${family}`,
  )
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(omar).toBeFocused()
  await page.keyboard.press('s')
  await expect(omar).toContainText('Skipped')
  await expect(card).toBeFocused()
  await page.keyboard.press('x')
  await expect(card).toContainText(`Marked Spare Card ${family} as not a person.`)
  await page.keyboard.press('u')
  await expect(toast(page, `Spare Card ${family} waits in the queue again.`)).toBeVisible()
  await page.keyboard.press('u')
  await expect(toast(page, `Detached Liz ${family} from Elizabeth ${family}.`)).toBeVisible()
  await expect(liz).toContainText('Certain')
  await page.keyboard.press('k')
  await page.keyboard.press('c')
  await expect(toast(page, 'Created an identity from')).toBeVisible()
})
