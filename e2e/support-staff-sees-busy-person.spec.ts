import { accessibilityViolations } from './support/accessibility'
import { expect, open, test, untilInteractive } from './support/test'

// A workspace of its own, and so a session of its own.
test.use({ storageState: { cookies: [], origins: [] } })

test('works with a person who has 15 access systems, 400 doors and 5,000 events', async ({ page }) => {
  await page.goto('/sign-in')
  await page.getByRole('button', { name: 'Explore the demo' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
  await page.getByRole('button', { name: 'Workspace: Harborview Living' }).click()
  await page.getByRole('menuitem', { name: 'busy' }).click()
  await expect(page.getByRole('button', { name: 'Workspace: busy' })).toBeVisible()
  await open(page, '/identities')
  await page.getByRole('link', { name: 'Bartholomew Busy' }).click()
  await expect(page.getByText('Linked in 15 of 15')).toBeVisible()
  await untilInteractive(page)

  await test.step('their doors', async () => {
    const doors = page.getByRole('region', { name: 'Doors' })
    await expect(doors).toContainText('400 doors in 15 systems')
    await doors.getByRole('searchbox', { name: 'Search doors' }).fill('door 399')
    await expect(doors.getByRole('listitem')).toHaveCount(1)
    await doors.getByRole('link', { name: /^Why/ }).click()
    await expect(page.getByText('Everything on our side is in order.')).toBeVisible()
  })
  await test.step('all of them checked', async () => {
    await page.getByRole('link', { name: 'Check all doors' }).click()
    await expect(page.getByRole('region', { name: 'Diagnosis', exact: true })).toContainText('400 doors checked')
    expect(await accessibilityViolations(page, { within: 'main' })).toEqual([])
  })
  await test.step('their whole history, as far back as one scrolls', async () => {
    await page.getByRole('link', { name: 'Whole timeline' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Timeline' })).toBeVisible()
    await untilInteractive(page)
    const entries = page.getByRole('main').locator('ol > li')
    const before = await entries.count()
    expect(before).toBeGreaterThan(10)
    await page.getByRole('button', { name: 'Show older' }).scrollIntoViewIfNeeded()
    await expect.poll(() => entries.count()).toBeGreaterThan(before)
  })
})
