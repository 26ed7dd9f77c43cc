import { demoSession, otherSession } from './support/folders'
import { expect, test } from './support/test'

test('a visitor explores the demo', async ({ page, context }) => {
  await page.goto('/sign-in')
  await page.getByRole('button', { name: 'Explore the demo' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
  await expect(page.getByRole('main').getByText('Harborview Living', { exact: true })).toBeVisible()
  await context.storageState({ path: demoSession })
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
