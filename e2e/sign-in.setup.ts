import { writeFile } from 'node:fs/promises'
import { demoApiKey, demoSession, otherSession } from './support/folders'
import { expect, open, test } from './support/test'

test('a visitor explores the demo', async ({ page, context }) => {
  await page.goto('/sign-in')
  await page.getByRole('button', { name: 'Explore the demo' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
  await expect(page.getByRole('main').getByText('Harborview Living', { exact: true })).toBeVisible()
  await context.storageState({ path: demoSession })

  // What a journey needs but is not about, it makes through the API.
  await open(page, '/settings/api-keys/new')
  await page.getByRole('textbox', { name: 'Name' }).fill('Journeys')
  await page.getByRole('button', { name: 'Create API key' }).click()
  const made = page.getByRole('textbox', { name: 'The key “Journeys”' })
  await expect(made).toHaveValue(/^seam_/)
  await writeFile(demoApiKey, await made.inputValue())
})

test('a member of two workspaces switches to the other', async ({ page, context }) => {
  await page.goto('/sign-in')
  await page.getByRole('button', { name: 'Explore the demo' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
  await page.getByRole('button', { name: 'Workspace: Harborview Living' }).click()
  await page.getByRole('menuitem', { name: 'other' }).click()
  await expect(page.getByRole('button', { name: 'Workspace: other' })).toBeVisible()
  await expect(page.getByRole('definition').first()).toHaveText('130')
  await context.storageState({ path: otherSession })
})
