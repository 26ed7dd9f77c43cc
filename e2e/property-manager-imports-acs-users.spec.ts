import { addPerson, systemId, uniqueWord } from './support/people'
import { expect, open, test } from './support/test'

test('a property manager imports the ACS users of an access system, with a date that may be two', async ({ page }) => {
  const word = uniqueWord()
  const key = `key-${word}`.toLowerCase()
  await addPerson(page, { name: `Ann ${word}`, key })
  await open(page, `/access-systems/${await systemId(page, 'Pier 9 Lofts — Latch')}`)
  await page.getByRole('link', { name: 'Import ACS users' }).click()
  await expect(page.getByRole('combobox', { name: 'Each row of the file is' })).toHaveValue(/.+/)
  const text = [
    'Name,E-mail,Resident ID,Valid until',
    `Ann ${word},ann.${word}@example.com,${key},03/04/2030`,
    `Bob ${word},bob.${word}@example.com,nobody-${key},2030-03-31`,
  ]
  const buffer = Buffer.from(text.join('\n'))
  await page.getByLabel('CSV file').setInputFiles({ name: `${word}.csv`, mimeType: 'text/csv', buffer })
  await expect(page.getByRole('heading', { level: 1, name: `${word}.csv` })).toBeVisible()
  await expect(page.getByRole('combobox', { name: 'What “Valid until” is' })).toHaveValue('access_ends_at')
  await page.getByRole('button', { name: 'Check the rows' }).click()

  const rows = page.getByRole('list', { name: 'Rows' }).getByRole('listitem')
  await expect(rows.first()).toContainText('03/04/2030 may be 3 April 2030 or 4 March 2030')
  await expect(rows.last()).toContainText('Nobody has this key. Import the people first.')
  await page.getByRole('link', { name: 'Change columns' }).click()
  await page.getByRole('combobox', { name: 'Dates such as 03/04/2026' }).selectOption('The month comes first')
  await page.getByRole('button', { name: 'Check the rows' }).click()
  await expect(page.getByText('It would create 1 ACS user.')).toBeVisible()
  await expect(page.getByText(/^Dates were read with the month before the day/)).toBeVisible()

  await page.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(page.getByRole('status').filter({ hasText: /^Imported$/ })).toBeVisible()
  await rows.getByRole('link', { name: `Ann ${word}` }).click()
  await expect(page.getByRole('heading', { level: 1, name: `Ann ${word}` })).toBeVisible()
  await expect(page.getByRole('link', { name: `Ann ${word}` })).toHaveAttribute('href', /\/identities\//)

  await open(page, '/import')
  await page
    .getByRole('list', { name: 'Imports' })
    .getByRole('link', { name: `${word}.csv` })
    .click()
  await page.getByRole('button', { name: 'Undo import…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Undo this import?' })
  await expect(dialog).toContainText('1 ACS user that it created: deleted again.')
  await dialog.getByRole('button', { name: 'Undo import' }).click()
  await expect(page.getByRole('status').filter({ hasText: /^Undone$/ })).toBeVisible()
})
