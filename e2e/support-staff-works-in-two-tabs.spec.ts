import { expect, open, test } from './support/test'

// A session of its own: the workspace that it looks at is the story.
test.use({ storageState: { cookies: [], origins: [] } })

test('a page that is of another workspace by now does nothing, and says so', async ({ page, context, problems }) => {
  problems.expect(/status of 409/)
  await page.goto('/sign-in')
  await page.getByRole('button', { name: 'Explore the demo' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
  await open(page, '/identities')
  const search = page.getByRole('searchbox', { name: 'Search people' })
  const tab = await context.newPage()
  await open(tab, '/identities/new')
  await tab.getByRole('textbox', { name: 'Full name' }).fill('Two Tabs Resident')

  const third = await context.newPage()
  await open(third, '/')
  await third.getByRole('button', { name: 'Workspace: Harborview Living' }).click()
  await third.getByRole('menuitem', { name: 'other' }).click()
  await expect(third.getByRole('button', { name: 'Workspace: other' })).toBeVisible()

  const said = 'This page is of “Harborview Living”, and you have switched to “other” since.'
  await tab.getByRole('button', { name: 'Create identity' }).click()
  await expect(tab.getByRole('main').getByText(said)).toBeVisible()
  await expect(tab.getByRole('textbox', { name: 'Full name' })).toHaveValue('Two Tabs Resident')
  await search.fill('jane')
  await expect(page.getByText(said)).toBeVisible()

  // Switched back, from the very page that is out of date, it can be done after all.
  await third.getByRole('button', { name: 'Workspace: other' }).click()
  await third.getByRole('menuitem', { name: 'Harborview Living' }).click()
  await expect(third.getByRole('button', { name: 'Workspace: Harborview Living' })).toBeVisible()
  await tab.getByRole('button', { name: 'Create identity' }).click()
  await expect(tab.getByRole('heading', { level: 1, name: 'Two Tabs Resident' })).toBeVisible()
})

test('a form that is posted without JavaScript, and a link to a file, tell which workspace they are of', async ({
  page,
  context,
  browser,
}) => {
  await page.goto('/sign-in')
  await page.getByRole('button', { name: 'Explore the demo' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
  const plain = await browser.newContext({ javaScriptEnabled: false, storageState: await context.storageState() })
  const form = await plain.newPage()
  await form.goto('/identities/new')
  await form.getByRole('textbox', { name: 'Full name' }).fill('No Script Resident')
  await open(page, '/events')
  const file = await page.getByRole('link', { name: 'Export CSV' }).getAttribute('href')

  await page.getByRole('button', { name: 'Workspace: Harborview Living' }).click()
  await page.getByRole('menuitem', { name: 'other' }).click()
  await expect(page.getByRole('button', { name: 'Workspace: other' })).toBeVisible()
  await form.getByRole('button', { name: 'Create identity' }).click()
  await expect(form.getByText('This page is of “Harborview Living”, and you have switched to “other”')).toBeVisible()
  await expect(form.getByRole('textbox', { name: 'Full name' })).toHaveValue('No Script Resident')
  expect((await page.request.get(file ?? '')).status()).toBe(409)
  await plain.close()
})
