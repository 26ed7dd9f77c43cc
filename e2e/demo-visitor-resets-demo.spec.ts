import { stat } from 'node:fs/promises'
import { seededData } from './support/folders'
import { addPerson, systemRow, systems, uniqueWord } from './support/people'
import { expect, open, test } from './support/test'

const utcDay = (moment: Date) => moment.toISOString().slice(0, 10)

test('breaks things freely and puts the demo back', async ({ page }) => {
  const name = `${uniqueWord()} ${uniqueWord()}`
  await addPerson(page, { name }, systems.salto)
  await open(page, '/identities?q=jane.whitfield')
  await page.getByRole('link', { name: 'Jane Whitfield' }).click()
  await systemRow(page, systems.hid)
    .getByRole('button', { name: /^Detach/ })
    .click()
  await expect(page.getByText('Linked in 2 of 5')).toBeVisible()
  const address = page.url()

  await page.getByRole('button', { name: 'Workspace: Harborview Living' }).click()
  await page.getByRole('menuitem', { name: 'Reset demo…' }).click()
  const question = page.getByRole('dialog', { name: 'Reset the demo?' })
  await expect(question).toContainText('This cannot be undone.')
  await question.getByRole('button', { name: 'Cancel' }).click()
  await expect(question).toBeHidden()
  await expect(page.getByText('Linked in 2 of 5')).toBeVisible()

  await page.getByRole('button', { name: 'Workspace: Harborview Living' }).click()
  await page.getByRole('menuitem', { name: 'Reset demo…' }).click()
  await question.getByRole('button', { name: 'Reset demo' }).click()
  await expect(page.getByText('The demo is as it was on the first day.')).toBeVisible({ timeout: 30_000 })

  await open(page, '/identities')
  await expect(page.getByRole('navigation', { name: 'Pages' })).toContainText('1–50 of 240')
  await open(page, `/identities?q=${encodeURIComponent(name)}`)
  await expect(page.getByText('No people match')).toBeVisible()
  // A link into the demo outlives the reset, on the same day.
  const { birthtime } = await stat(seededData)
  if (utcDay(birthtime) !== utcDay(new Date())) return
  await open(page, address)
  await expect(page.getByRole('heading', { level: 1, name: 'Jane Whitfield' })).toBeVisible()
  await expect(page.getByText('Linked in 3 of 5')).toBeVisible()
})
