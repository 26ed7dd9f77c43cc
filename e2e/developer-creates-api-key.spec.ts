import { uniqueWord } from './support/people'
import { expect, open, type Page, test, toast } from './support/test'

test.use({ permissions: ['clipboard-read', 'clipboard-write'] })

const keyFormat = /^seam_\d\w{11}_\w{40}$/
const row = (page: Page, name: string) => page.getByRole('table', { name: 'API keys' }).getByRole('row', { name })
const dialog = (page: Page, name: string) => page.getByRole('dialog', { name })

/** Makes a key in the dialog over the list and gives it. */
async function createKey(page: Page, name: string): Promise<string> {
  await open(page, '/settings/api-keys')
  await page.getByRole('link', { name: 'Create API key' }).click()
  await dialog(page, 'Create API key').getByRole('textbox', { name: 'Name' }).fill(name)
  await page.keyboard.press('Enter')
  const key = await dialog(page, 'Your new API key').getByRole('textbox').inputValue()
  expect(key).toMatch(keyFormat)
  return key
}

test('creates a key, copies it the one time it is shown, and revokes it', async ({ page }) => {
  const name = `${uniqueWord()} app`
  const key = await createKey(page, name)
  const shown = dialog(page, 'Your new API key')
  await expect(shown).toContainText('It will not be shown again')
  await shown.getByRole('button', { name: 'Copy API key' }).click()
  await expect(shown.getByRole('status')).toHaveText('Copied API key')
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(key)

  // A slip of the hand does not close it.
  await page.keyboard.press('Escape')
  await page.mouse.click(5, 5)
  await expect(shown.getByRole('textbox')).toHaveValue(key)
  await shown.getByRole('button', { name: 'I have saved the key' }).click()
  await expect(shown).toBeHidden()

  await expect(row(page, name)).toContainText(`seam_${key.split('_')[1]}_…`)
  await expect(row(page, name)).toContainText('Never used')
  await expect(row(page, name)).toContainText('by Dana Reyes')
  await page.reload()
  await expect(row(page, name)).toBeVisible()
  expect(await page.content()).not.toContain(key.split('_')[2])

  const answer = await page.request.post('/api/workspaces/get', { headers: { Authorization: `Bearer ${key}` } })
  expect(await answer.json()).toMatchObject({ workspace: { name: 'Harborview Living' }, ok: true })
  await expect(async () => {
    await page.reload()
    await expect(row(page, name)).not.toContainText('Never used', { timeout: 1000 })
  }).toPass()

  await open(page, '/settings/api-keys')
  await page.getByRole('button', { name: `Revoke ${name}` }).click()
  const question = dialog(page, `Revoke “${name}”?`)
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await question.getByRole('button', { name: 'Cancel' }).click()
  await expect(row(page, name)).not.toContainText('Revoked')
  await page.getByRole('button', { name: `Revoke ${name}` }).click()
  await question.getByRole('button', { name: 'Revoke API key' }).click()
  await expect(toast(page, `The API key “${name}” was revoked.`)).toBeVisible()
  await expect(row(page, name)).toContainText('Revoked')
  await expect(page.getByRole('button', { name: `Revoke ${name}` })).toHaveCount(0)
  const refused = await page.request.post('/api/workspaces/get', { headers: { Authorization: `Bearer ${key}` } })
  expect(refused.status()).toBe(401)
})

test('is told beside the name what is wrong with it, and keeps what was typed', async ({ page }) => {
  await open(page, '/settings/api-keys')
  await page.getByRole('link', { name: 'Create API key' }).click()
  const field = dialog(page, 'Create API key').getByRole('textbox', { name: 'Name' })
  await page.getByRole('button', { name: 'Create API key' }).click()
  await expect(page.getByText('The name must not be blank.')).toBeVisible()
  await expect(field).toBeFocused()
  await field.fill('x'.repeat(101))
  await page.keyboard.press('Enter')
  await expect(page.getByText('The name must be at most 100 characters long.')).toBeVisible()
  await expect(field).toHaveValue('x'.repeat(101))
})

test('finds the settings by the command palette', async ({ page }) => {
  await open(page, '/')
  await page.getByRole('button', { name: 'Find anything' }).click()
  await page.getByRole('combobox').fill('api key')
  await page.getByRole('option', { name: /API keys/ }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'API keys' })).toBeVisible()
  await expect(page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Settings' })).toHaveAttribute(
    'aria-current',
    'page',
  )
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('creates a key on a page of its own', async ({ page }) => {
    const name = `${uniqueWord()} script`
    await page.goto('/settings/api-keys')
    await page.getByRole('link', { name: 'Create API key' }).click()
    await expect(page).toHaveURL(/\/settings\/api-keys\/new$/)
    await page.getByRole('button', { name: 'Create API key' }).click()
    await expect(page.getByText('The name must not be blank.')).toBeVisible()
    await page.getByRole('textbox', { name: 'Name' }).fill(name)
    await page.getByRole('button', { name: 'Create API key' }).click()
    await expect(page.getByRole('textbox')).toHaveValue(keyFormat)
    await page.getByRole('link', { name: 'I have saved the key' }).click()
    await expect(row(page, name)).toBeVisible()
  })
})
