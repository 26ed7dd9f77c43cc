import { expect, type Page } from '@playwright/test'

/** Enters the demo's dashboard and makes an API key there, which is given back. */
export async function makeApiKey(page: Page, dashboardUrl: string, name: string): Promise<string> {
  await page.goto(`${dashboardUrl}/sign-in`)
  await page.getByRole('button', { name: 'Explore the demo' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
  await page.goto(`${dashboardUrl}/settings/api-keys/new`)
  await page.getByRole('textbox', { name: 'Name' }).fill(name)
  await page.getByRole('button', { name: 'Create API key' }).click()
  const made = page.getByRole('textbox', { name: `The key “${name}”` })
  await expect(made).toHaveValue(/^seam_/)
  return made.inputValue()
}

/** Revokes an API key by its name, in the dashboard where it was made. */
export async function revokeApiKey(page: Page, dashboardUrl: string, name: string): Promise<void> {
  await page.goto(`${dashboardUrl}/settings/api-keys`)
  // The row's button may be there before it answers to clicks.
  const dialog = page.getByRole('dialog', { name: `Revoke “${name}”?` })
  await expect(async () => {
    await page.getByRole('button', { name: `Revoke ${name}`, exact: true }).click()
    await expect(dialog).toBeVisible({ timeout: 2000 })
  }).toPass()
  await dialog.getByRole('button', { name: 'Revoke API key' }).click()
  await expect(page.getByRole('row', { name }).getByText('Revoked', { exact: true })).toBeVisible()
}
