import type { Page } from '@playwright/test'
import { expect, open } from './test'

/** On a server of one's own that is new: makes the first account, robin@example.com, and its workspace, “Seaview Homes”. */
export async function setUpSeaviewHomes(page: Page, url: string, password: string): Promise<void> {
  await open(page, `${url}/setup`)
  await page.getByLabel('Your name').fill('Robin Owner')
  await page.getByRole('textbox', { name: 'Email address' }).fill('robin@example.com')
  await page.getByLabel('Password').fill(password)
  await page.getByLabel('Workspace name').fill('Seaview Homes')
  await page.getByRole('button', { name: 'Create workspace' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
}
