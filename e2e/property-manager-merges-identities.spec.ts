import { callApi } from './support/api'
import { addPerson, arriveAtPerson, systemRow, systems, uniqueWord } from './support/people'
import { expect, open, test, toast } from './support/test'

test('merges two records of one person, finds the old one’s address again, and takes it back', async ({ page }) => {
  const family = uniqueWord()
  const [name, twinName] = [`Ada ${family}`, `${family}, Ada`]
  const adaId = await addPerson(page, { name, email: `ada.${family}@example.com`.toLowerCase() }, systems.brivo)
  const twinId = await addPerson(page, { name: twinName }, systems.brivo, systems.latch)

  // The newest pair of all may be another journey's: this one is found by its names.
  await open(page, '/identities/duplicates')
  const pair = page.getByRole('listitem', { name: `${name} and ${twinName}` })
  await expect(pair).toContainText('same name')
  await pair.getByRole('link', { name: `Merge ${name} and ${twinName}` }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Merge two identities' })).toBeVisible()

  await page.getByRole('button', { name: 'Merge identities' }).click()
  await expect(page.getByText('Choose the one that stays linked.')).toBeVisible()
  await page.getByRole('group', { name: systems.brivo }).getByRole('radio').last().check()
  await page.getByRole('button', { name: 'Merge identities' }).click()
  expect(await arriveAtPerson(page)).toBe(adaId)
  const merged = toast(page, 'The two identities are one now.')
  await expect(merged).toBeVisible()
  await expect(systemRow(page, systems.brivo)).toContainText(twinName)
  await expect(systemRow(page, systems.latch)).toContainText(twinName)
  await expect(page.getByRole('region', { name: 'Timeline' })).toContainText(`merged ${twinName} into ${name}`, {
    ignoreCase: true,
  })

  const otherTab = await page.context().newPage()
  await open(otherTab, `/identities/${twinId}`)
  expect(await arriveAtPerson(otherTab)).toBe(adaId)
  await expect(toast(otherTab, 'Whom you looked for was merged into this person.')).toBeVisible()
  await otherTab.close()

  await merged.getByRole('button', { name: 'Undo' }).click()
  await expect(toast(page, 'The merge was taken back: both are there again.')).toBeVisible()
  await expect(systemRow(page, systems.brivo)).toContainText(name)
  const answer = await callApi(page, '/user_identities/get', { user_identity_id: twinId })
  expect(answer).toMatchObject({ user_identity: { full_name: twinName } })
})
