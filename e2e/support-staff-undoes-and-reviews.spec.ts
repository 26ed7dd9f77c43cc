import { readFile } from 'node:fs/promises'
import {
  createAcsUserFromDetails,
  createPerson,
  createPersonByForm,
  systemRow,
  systems,
  uniqueWord,
} from './support/people'
import { expect, open, type Page, test, toast } from './support/test'

const newName = () => `${uniqueWord()} ${uniqueWord()}`
const timeline = (page: Page) => page.getByRole('region', { name: 'Timeline' })

async function rename(page: Page, name: string): Promise<void> {
  await page.getByRole('link', { name: 'Edit' }).click()
  await page.getByRole('textbox', { name: 'Full name' }).fill(name)
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
}

test('takes back an edit from its toast, and the creation of a person', async ({ page }) => {
  const [name, other] = [newName(), newName()]
  await createPerson(page, { name })
  await rename(page, other)
  await toast(page, 'The changes were saved.').getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  await expect(toast(page, 'The changes were taken back.')).toBeVisible()

  const third = newName()
  await createPersonByForm(page, { name: third })
  await toast(page, 'The identity was created.').getByRole('button', { name: 'Undo' }).last().click()
  await expect(page.getByRole('heading', { level: 1, name: 'Identities' })).toBeVisible()
  await expect(page.getByText('The identity was deleted again.')).toBeVisible()
  await open(page, `/identities?q=${encodeURIComponent(third)}`)
  await expect(page.getByRole('link', { name: third })).toHaveCount(0)
})

test('takes back a change from the timeline; what contradicts it is said', async ({ page }) => {
  const [name, second, third] = [newName(), newName(), newName()]
  await createPerson(page, { name })
  await createAcsUserFromDetails(page, systems.latch)
  await rename(page, second)
  await rename(page, third)
  const undo = (words: string) => timeline(page).getByRole('button', { name: `Undo: Dana Reyes ${words}` })
  await undo(`changed the full name of ${second}`).click()
  await expect(page.getByText(`${third}’s full name was changed again since.`).first()).toBeVisible()
  await expect(page.getByRole('heading', { level: 1, name: third })).toBeVisible()

  // Both events of one step are taken back together.
  await expect(timeline(page).getByText('Dana Reyes in one step:')).toBeVisible()
  await timeline(page)
    .getByRole('listitem')
    .filter({ hasText: 'in one step' })
    .getByRole('button', { name: /^Undo/ })
    .click()
  await expect(systemRow(page, systems.latch).getByText('Active')).toBeHidden()
  await expect(timeline(page)).toContainText('undone')
  await expect(timeline(page)).toContainText('an undo')
})

test('reads the whole timeline, narrowed to a kind', async ({ page }) => {
  const name = newName()
  await createPerson(page, { name }, systems.brivo)
  await page.getByRole('link', { name: 'Whole timeline' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Timeline' })).toBeVisible()
  const main = page.getByRole('main')
  await expect(main).toContainText(`created ${name}`)
  await expect(main).toContainText('Today')
  await page.getByRole('link', { name: 'Links', exact: true }).click()
  await expect(page).toHaveURL(/kind=links$/)
  await expect(main).toContainText(`ttached ${name} in ${systems.brivo} to ${name}`)
  await expect(main).not.toContainText(`created ${name}`)
  await page.reload()
  await expect(main).not.toContainText(`created ${name}`)
  await main.getByRole('link', { name, exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
})

test('goes on through the events of the workspace by scrolling, and by the button', async ({ page }) => {
  await open(page, '/')
  await page.keyboard.press('g')
  await page.keyboard.press('e')
  await expect(page.getByRole('heading', { level: 1, name: 'Events' })).toBeVisible()
  const entries = page.getByRole('main').locator('ol > li')
  const first = await entries.count()
  await page.mouse.wheel(0, 100_000)
  await expect.poll(() => entries.count()).toBeGreaterThan(first)
  const more = page.getByRole('button', { name: 'Show older' })
  const second = await entries.count()
  await more.focus()
  await page.keyboard.press('Enter')
  await expect.poll(() => entries.count()).toBeGreaterThan(second)
})

test('narrows the events to a person, exports them, and still reads of who is gone', async ({ page }) => {
  const name = newName()
  const id = await createPersonByForm(page, { name })
  await open(page, '/events')
  await page.getByRole('button', { name: 'Anybody' }).click()
  const dialog = page.getByRole('dialog', { name: 'Whose events?' })
  await dialog.getByRole('combobox', { name: 'Search people' }).fill(name)
  await dialog.getByRole('option', { name }).click()
  await expect(page).toHaveURL(new RegExp(`person=${id}`))
  const main = page.getByRole('main')
  await expect(main.locator('ol > li')).toHaveCount(1)
  await expect(main).toContainText(`Dana Reyes created ${name}`)
  await expect(main.getByRole('link', { name, exact: true })).toBeVisible()
  await page.getByRole('combobox', { name: 'Kind of events' }).selectOption('Links')
  await expect(main).toContainText('No event matches')
  await page.getByRole('combobox', { name: 'Kind of events' }).selectOption('Every kind')
  await expect(main).toContainText(`Dana Reyes created ${name}`)

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Export CSV' }).click(),
  ])
  expect(download.suggestedFilename()).toMatch(/^events-\d{4}-\d{2}-\d{2}\.csv$/)
  const rows = (await readFile(await download.path(), 'utf8')).trim().split('\r\n')
  expect(rows).toHaveLength(2)
  expect(rows[1]).toContain(`created ${name}`)

  await open(page, `/identities/${id}`)
  await page.getByRole('button', { name: 'Delete…' }).click()
  await page.getByRole('dialog').getByRole('textbox').fill(name)
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Delete/ })
    .click()
  await expect(page.getByText('The identity was deleted, with everything')).toBeVisible()
  await open(page, `/events?person=${id}`)
  await expect(main).toContainText(`deleted ${name}`)
  await expect(main.getByRole('link', { name, exact: true })).toHaveCount(0)
  await expect(page.getByRole('button', { name: `Person: ${name}` })).toBeVisible()
})
