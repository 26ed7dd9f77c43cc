import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { accessibilityViolations } from './support/accessibility'
import { demoSession } from './support/folders'
import { addPerson, uniqueWord } from './support/people'
import { expect, notFoundInConsole, open, type Page, test, toast } from './support/test'

/** An app that is told of events: it keeps what it gets, and answers with a status of the test's choosing. */
class Receiver {
  readonly received: { headers: NodeJS.Dict<string | string[]>; body: string }[] = []
  status = 204
  /** How long it takes to answer. */
  milliseconds = 0
  #server: Server | undefined

  async listen(): Promise<string> {
    this.#server = createServer((request, response) => {
      let body = ''
      request.on('data', (chunk) => {
        body += chunk
      })
      request.on('end', () => {
        this.received.push({ headers: request.headers, body })
        setTimeout(() => response.writeHead(this.status).end(), this.milliseconds)
      })
    }).listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
    const address = this.#server.address()
    if (typeof address !== 'object' || !address) throw new Error('The receiver has no port.')
    return `http://127.0.0.1:${address.port}/hooks/${uniqueWord().toLowerCase()}`
  }

  async close(): Promise<void> {
    this.#server?.closeAllConnections()
    this.#server?.close()
  }
}

let receiver: Receiver
let url: string
test.beforeEach(async () => {
  receiver = new Receiver()
  url = await receiver.listen()
})
test.afterEach(() => receiver.close())

const deliveries = (page: Page) => page.getByRole('region', { name: 'Deliveries' })
const form = (page: Page, name = 'Create webhook') => page.getByRole('dialog', { name })

/** Registers the receiver for some types of events, or all, and gives the webhook's address in the dashboard. */
async function createWebhook(page: Page, types: string[] = []): Promise<string> {
  await open(page, '/settings/webhooks')
  await page.getByRole('link', { name: 'Create webhook' }).click()
  await form(page).getByRole('textbox', { name: 'URL' }).fill(url)
  if (types.length > 0) await form(page).getByRole('radio', { name: 'Only these' }).check()
  for (const type of types) await form(page).getByRole('checkbox', { name: type }).check()
  await form(page).getByRole('button', { name: 'Create webhook' }).click()
  await expect(page.getByRole('heading', { level: 1, name: url })).toBeVisible()
  await expect(page).toHaveURL(/\/settings\/webhooks\/[0-9a-f-]{36}$/)
  return new URL(page.url()).pathname
}

async function deleteWebhook(page: Page, address: string): Promise<void> {
  await open(page, address)
  await page.getByRole('button', { name: 'Delete…' }).click()
  const question = page.getByRole('dialog', { name: 'Delete this webhook?' })
  await expect(question).toContainText(url)
  await question.getByRole('button', { name: 'Delete webhook' }).click()
  await expect(toast(page, 'The webhook was deleted')).toBeVisible()
}

test('registers a webhook, sees what it was sent, sends it again, and deletes it', async ({ page, problems }) => {
  problems.expect(notFoundInConsole)
  const address = await createWebhook(page, ['user_identity.created'])
  await expect(toast(page, 'The webhook was created.')).toBeVisible()

  const personId = await addPerson(page, { name: `${uniqueWord()} ${uniqueWord()}` })
  await expect.poll(() => receiver.received.some(({ body }) => body.includes(personId))).toBe(true)
  await open(page, address)
  await expect(deliveries(page)).toContainText('Delivered')
  await expect(deliveries(page)).toContainText('HTTP 204')
  // Others create people at the same time: their deliveries may appear above the one that is opened.
  await deliveries(page).getByRole('link', { name: 'user_identity.created' }).first().click()
  await expect(deliveries(page).getByRole('link', { expanded: true })).toHaveCount(1)
  await expect(deliveries(page).getByRole('region', { name: 'Payload' })).toContainText('"user_identity.created"')
  await page.reload()
  await expect(deliveries(page).getByRole('heading', { name: 'Attempts' })).toBeVisible()

  const before = receiver.received.length
  const sentFirst = receiver.received.map(({ headers }) => headers['webhook-id'])
  await open(page, page.url())
  await page.getByRole('button', { name: 'Resend' }).click()
  await expect(toast(page, 'The delivery is on its way again.')).toBeVisible()
  await expect.poll(() => receiver.received.length).toBeGreaterThan(before)
  expect(sentFirst).toContain(receiver.received.at(-1)?.headers['webhook-id'])
  await expect(deliveries(page).locator('ol li')).toHaveCount(2)

  await deleteWebhook(page, address)
  await expect(page).toHaveURL(/\/settings\/webhooks$/)
  await expect(page.getByRole('link', { name: url })).toHaveCount(0)
  await page.goto(address)
  await expect(page.getByRole('heading', { name: 'Not found' }).or(page.getByText('not found').first())).toBeVisible()
})

test('sees a refused delivery wait for its next attempt, and filters by what became of them', async ({ page }) => {
  receiver.status = 500
  const address = await createWebhook(page)
  await addPerson(page, { name: `${uniqueWord()} ${uniqueWord()}` })
  await expect.poll(() => receiver.received.length).toBeGreaterThan(0)
  await open(page, address)
  await expect(deliveries(page)).toContainText('Pending')
  await expect(deliveries(page)).toContainText('HTTP 500')
  const filters = deliveries(page).getByRole('list', { name: 'Show' })
  await filters.getByRole('link', { name: 'Delivered' }).click()
  await expect(page).toHaveURL(/\?status=delivered$/)
  await expect(deliveries(page)).toContainText('No delivered deliveries')
  await filters.getByRole('link', { name: 'Pending' }).click()
  await expect(page).toHaveURL(/\?status=pending$/)
  await expect(deliveries(page).getByRole('link', { name: 'user_identity.created' }).first()).toBeVisible()

  // What waits goes out by itself once the receiver is well, and the page tells so by itself.
  receiver.status = 200
  await filters.getByRole('link', { name: 'Delivered' }).click()
  await open(page, address)
  await expect(deliveries(page)).toContainText('HTTP 200', { timeout: 20_000 })

  // Other journeys' events may be on their way at any moment.
  await expect(async () => {
    await open(page, '/settings/webhooks')
    await expect(page.getByRole('listitem').filter({ hasText: url })).toContainText('Delivered', { timeout: 1000 })
  }).toPass()
  await deleteWebhook(page, address)
})

test('reveals the signing secret when asked, and changes the event types', async ({ page }) => {
  const address = await createWebhook(page)
  await expect(page.getByText('All events')).toBeVisible()
  expect(await page.content()).not.toMatch(/whsec_[A-Za-z0-9+/]/)
  await page.getByRole('button', { name: 'Reveal' }).click()
  await expect(page.getByRole('textbox', { name: 'Signing secret' })).toHaveValue(/^whsec_[A-Za-z0-9+/=]{32,}$/)

  await page.getByRole('link', { name: 'Change event types' }).click()
  const dialog = form(page, 'Change event types')
  await dialog.getByRole('radio', { name: 'Only these' }).check()
  await dialog.getByRole('button', { name: 'Save event types' }).click()
  await expect(dialog.getByText('Choose at least one event type.')).toBeVisible()
  await dialog.getByRole('checkbox', { name: 'acs_user.created' }).check()
  await dialog.getByRole('button', { name: 'Save event types' }).click()
  await expect(toast(page, 'The event types were saved.')).toBeVisible()
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('definition').first()).toHaveText('acs_user.created')
  await deleteWebhook(page, address)
})

test('is told beside the address what is wrong with it', async ({ page }) => {
  await open(page, '/settings/webhooks')
  await page.getByRole('link', { name: 'Create webhook' }).click()
  const field = form(page).getByRole('textbox', { name: 'URL' })
  await field.fill('ftp://example.com')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Enter an address such as https://example.com/webhooks.')).toBeVisible()
  await expect(field).toBeFocused()
  await expect(field).toHaveValue('ftp://example.com')
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('registers a webhook for chosen event types', async ({ page, browser }) => {
    await page.goto('/settings/webhooks')
    await page.getByRole('link', { name: 'Create webhook' }).click()
    await page.getByRole('textbox', { name: 'URL' }).fill(url)
    await expect(page.getByRole('checkbox').first()).toBeHidden()
    await page.getByRole('radio', { name: 'Only these' }).check()
    await page.getByRole('checkbox', { name: 'user_identity.deleted' }).check()
    await page.getByRole('button', { name: 'Create webhook' }).click()
    await expect(page.getByRole('heading', { level: 1, name: url })).toBeVisible()
    await expect(page.getByRole('definition').first()).toHaveText('user_identity.deleted')

    const withScripts = await browser.newPage({ storageState: demoSession, javaScriptEnabled: true })
    await deleteWebhook(withScripts, page.url())
    await withScripts.close()
  })
})

test('sees that a receiver is slow, since when and why', async ({ page }) => {
  // Just longer than what counts as quick.
  receiver.milliseconds = 5200
  const address = await createWebhook(page, ['user_identity.created'])
  await addPerson(page, { name: `${uniqueWord()} ${uniqueWord()}` })
  await expect.poll(() => receiver.received.length).toBeGreaterThan(0)
  await open(page, address)
  await expect(page.getByText(/^Slow since .+ An answer took \d+ s\./)).toBeVisible({ timeout: 30_000 })
  expect(await accessibilityViolations(page)).toEqual([])
  await open(page, '/settings/webhooks')
  await expect(page.getByRole('listitem').filter({ hasText: url })).toContainText('Slow')
  receiver.milliseconds = 0
  await deleteWebhook(page, address)
})
