import { expect, open, type Page } from './test'

/** Calls the HTTP API of the server under test, and gives what it answered. */
export type CallApi = (path: string, body: object) => Promise<Record<string, unknown>>

/** Makes an API key through the pages and gives what calls the API with it. */
export async function apiOf(page: Page, keyName: string): Promise<CallApi> {
  await open(page, '/settings/api-keys/new')
  await page.getByRole('textbox', { name: 'Name' }).fill(keyName)
  await page.getByRole('button', { name: 'Create API key' }).click()
  const made = page.getByRole('textbox', { name: `The key “${keyName}”` })
  await expect(made).toHaveValue(/^seam_/)
  const key = await made.inputValue()
  return async (path, body) => {
    const answer = await page.request.post(`/api${path}`, { headers: { Authorization: `Bearer ${key}` }, data: body })
    const text = await answer.text()
    expect(answer.status(), `${path}: ${text}`).toBe(200)
    return JSON.parse(text)
  }
}
