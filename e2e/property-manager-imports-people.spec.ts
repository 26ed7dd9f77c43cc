import { readFile } from 'node:fs/promises'
import { createPerson, uniquePhoneDigits, uniqueWord } from './support/people'
import { expect, open, type Page, test } from './support/test'

async function upload(page: Page, name: string, text: string): Promise<void> {
  await open(page, '/import')
  await page.getByLabel('CSV file').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
}

const rows = (page: Page) => page.getByRole('list', { name: 'Rows' }).getByRole('listitem')

test('a property manager imports a rent roll with bad rows, reads the report, and takes the import back', async ({
  page,
}) => {
  const [word, phone] = [uniqueWord(), uniquePhoneDigits()]
  const mail = (name: string) => `${name}.${word}@example.com`.toLowerCase()
  await createPerson(page, { name: `Ann ${word}`, email: mail('ann') })
  await upload(
    page,
    `${word}.csv`,
    [
      'Tenant;E-mail;Mobile;Unit',
      `Anna ${word};${mail('ann')};;4B`,
      `Bob ${word};${mail('bob')};+1 ${phone};5C`,
      `Cy ${word};${mail('cy')};1.5552E+10;5D`,
      `Bob again ${word};${mail('bob')};;5C`,
    ].join('\r\n'),
  )

  await expect(page.getByRole('combobox', { name: 'What “Mobile” is' })).toHaveValue('phone_number')
  await page.getByRole('button', { name: 'Check the rows' }).click()
  await expect(page.getByText('It would create 1 person and update 1 person.')).toBeVisible()
  await page.getByRole('link', { name: 'Refused 2' }).click()
  await expect(rows(page)).toHaveCount(2)
  await expect(rows(page).first()).toContainText('shortened this phone number to 1.5552E+10')
  await expect(rows(page).last()).toContainText('Row 3 has the same email address.')

  await page.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(page.getByRole('status').filter({ hasText: /^Imported$/ })).toBeVisible()
  await page.getByRole('link', { name: 'Created 1' }).click()
  await rows(page)
    .getByRole('link', { name: `Bob ${word}` })
    .click()
  await expect(page.getByRole('heading', { level: 1, name: `Bob ${word}` })).toBeVisible()

  // Whoever comes back finds the import in the history.
  await open(page, '/import')
  await page
    .getByRole('list', { name: 'Imports' })
    .getByRole('link', { name: `${word}.csv` })
    .click()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Report CSV' }).click(),
  ])
  expect(download.suggestedFilename()).toMatch(/^import-report-\d{4}-\d{2}-\d{2}\.csv$/)
  const report = (await readFile(await download.path(), 'utf8')).split('\r\n')
  expect(report[1]).toMatch(/^2,Updated,/)
  expect(report[2]).toMatch(new RegExp(`^3,Created,.*,'\\+1 ${phone},5C$`))
  expect(report[3]).toMatch(/^4,Refused,"?Phone number: A spreadsheet has shortened/)

  await page.getByRole('button', { name: 'Undo import…' }).click()
  await page.getByRole('dialog', { name: 'Undo this import?' }).getByRole('button', { name: 'Undo import' }).click()
  await expect(page.getByRole('status').filter({ hasText: /^Undone$/ })).toBeVisible()
  await open(page, `/identities?q=${word}`)
  await expect(page.getByRole('link', { name: `Ann ${word}` })).toBeVisible()
  await expect(page.getByRole('link', { name: `Bob ${word}` })).toHaveCount(0)
})

test('a file that is no CSV says so, and another can be chosen at once', async ({ page, problems }) => {
  problems.expect(/status of 400/)
  await open(page, '/import')
  const chooser = page.getByLabel('CSV file')
  await chooser.setInputFiles({ name: 'people.xlsx', mimeType: 'text/csv', buffer: Buffer.from('PK\u0003\u0004…') })
  await expect(page.getByRole('alert').filter({ hasText: 'Save it as CSV UTF-8' })).toBeVisible()
  const name = `${uniqueWord()}.csv`
  await chooser.setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from('Key\nK1\n') })
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  await page.getByRole('button', { name: 'Discard file' }).click()
  await expect(page.getByText('Nothing of it was imported.')).toBeVisible()
})
