import { readFile } from 'node:fs/promises'
import { demoApiKey } from './folders'
import { expect, type Page } from './test'

/** Calls the HTTP API of the server under test, in the demo workspace, and gives what it answered. */
export async function callApi(page: Page, path: string, body: object): Promise<Record<string, unknown>> {
  const key = await readFile(demoApiKey, 'utf8')
  const answer = await page.request.post(`/api${path}`, { headers: { Authorization: `Bearer ${key}` }, data: body })
  const text = await answer.text()
  expect(answer.status(), `${path}: ${text}`).toBe(200)
  return JSON.parse(text)
}
