import { readFile } from 'node:fs/promises'
import { readXlsx } from 'hucre/xlsx'
import { otherSession } from './support/folders'
import { expect, open, type Page, test, untilInteractive } from './support/test'

// A workspace of 130 people whom no test changes.
test.use({ storageState: otherSession })

const system = 'Headquarters — Brivo'
const rowsOf = (page: Page) => page.getByRole('table', { name: 'Identities' }).locator('tbody').getByRole('row')
const pages = (page: Page) => page.getByRole('navigation', { name: 'Pages' })

/** Waits until the rows belong to what the page says it shows. */
async function settled(page: Page): Promise<void> {
  await expect(page.getByRole('table', { name: 'Identities' })).toHaveAttribute('aria-busy', 'false')
}

/** Who is listed, by the addresses of their pages. */
async function listed(page: Page): Promise<(string | null)[]> {
  await settled(page)
  return rowsOf(page).evaluateAll((rows) => rows.map((row) => row.querySelector('a')?.getAttribute('href') ?? null))
}

test('pages through everybody once, with the range in words', async ({ page }) => {
  await open(page, '/identities')
  await expect(pages(page)).toContainText('1–50 of 130')
  await expect(pages(page).getByRole('link', { name: 'Previous' })).toBeDisabled()
  const first = await listed(page)
  await pages(page).getByRole('link', { name: 'Next' }).click()
  await expect(pages(page)).toContainText('51–100 of 130')
  const second = await listed(page)
  await pages(page).getByRole('link', { name: 'Next' }).click()
  await expect(pages(page)).toContainText('101–130 of 130')
  await expect(pages(page).getByRole('link', { name: 'Next' })).toBeDisabled()
  const third = await listed(page)
  expect(new Set([...first, ...second, ...third]).size).toBe(130)

  await pages(page).getByRole('link', { name: 'Previous' }).click()
  await expect(pages(page)).toContainText('51–100 of 130')
  expect(await listed(page)).toEqual(second)
  await pages(page).getByRole('link', { name: 'Previous' }).click()
  await expect(pages(page)).toContainText('1–50 of 130')
  expect(await listed(page)).toEqual(first)
})

test('searches from the second page and starts again at the first', async ({ page }) => {
  await open(page, '/identities')
  await pages(page).getByRole('link', { name: 'Next' }).click()
  await expect(pages(page)).toContainText('51–100 of 130')
  await page.getByRole('searchbox', { name: 'Search people' }).fill('a')
  await expect(pages(page)).toHaveText(/^1–\d+ of \d+/)
  expect(new URL(page.url()).searchParams.get('cursor')).toBeNull()
  await expect(pages(page)).not.toContainText('of 130')
})

test('filters by where people are linked or missing; the two make everybody', async ({ page }) => {
  await open(page, '/identities')
  const total = async () => {
    await settled(page)
    const words = await pages(page).textContent()
    return Number(/of ([\d,]+)/.exec(words ?? '')?.[1]?.replace(',', ''))
  }
  await page.getByRole('combobox', { name: 'Linked in' }).selectOption(`Linked in ${system}`)
  await expect(pages(page)).not.toContainText('of 130')
  const linked = await total()
  await expect(rowsOf(page).filter({ has: page.getByRole('img', { name: `${system}: not linked` }) })).toHaveCount(0)
  await page.getByRole('combobox', { name: 'Linked in' }).selectOption('Linked in: any')
  await expect(pages(page)).toContainText('of 130')

  await page.getByRole('combobox', { name: 'Missing from' }).selectOption(`Missing from ${system}`)
  await expect(pages(page)).not.toContainText('of 130')
  const missing = await total()
  await expect(rowsOf(page).filter({ has: page.getByRole('img', { name: `${system}: not linked` }) })).toHaveCount(
    Math.min(missing, 50),
  )
  expect(linked + missing).toBe(130)

  await page.getByRole('button', { name: 'Clear', exact: true }).click()
  await expect(pages(page)).toContainText('1–50 of 130')
  await page.getByRole('button', { name: 'Has a problem' }).click()
  await expect(page.getByRole('button', { name: 'Has a problem' })).toHaveAttribute('aria-pressed', 'true')
  await expect(pages(page)).not.toContainText('of 130')
  const withProblem = await total()
  expect(withProblem).toBeGreaterThan(0)
  const marks = page.getByRole('img', { name: /: (suspended|access ended|error)$/ })
  await expect(rowsOf(page).filter({ has: marks })).toHaveCount(Math.min(withProblem, 50))
})

test('sorts by name and by created, both ways', async ({ page }) => {
  await open(page, '/identities')
  const header = (name: string) => page.getByRole('columnheader', { name })
  await expect(header('Created')).toHaveAttribute('aria-sort', 'descending')
  const newest = await listed(page)

  await header('Person').getByRole('button').click()
  await expect(header('Person')).toHaveAttribute('aria-sort', 'ascending')
  await expect(page).toHaveURL(/sort=name$/)
  await expect.poll(() => listed(page)).not.toEqual(newest)
  await settled(page)
  const names = await rowsOf(page).evaluateAll((rows) => rows.map((row) => row.querySelector('a')?.textContent ?? ''))
  const plain = names.map((name) => name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase())
  expect(plain).toEqual([...plain].sort())

  await header('Person').getByRole('button').click()
  await expect(header('Person')).toHaveAttribute('aria-sort', 'descending')
  await settled(page)
  await expect(rowsOf(page).first().getByRole('link')).not.toHaveText(names[0] ?? '')

  await header('Created').getByRole('button').click()
  await expect(header('Created')).toHaveAttribute('aria-sort', 'ascending')
  await pages(page).getByRole('link', { name: 'Next' }).click()
  await expect(pages(page)).toContainText('51–100 of 130')
  await pages(page).getByRole('link', { name: 'Next' }).click()
  await expect(pages(page)).toContainText('101–130 of 130')
  await settled(page)
  expect((await listed(page)).reverse()).toEqual(newest.slice(0, 30))
})

test('reloads, goes back, and shares a link to the same view', async ({ page, context }) => {
  await open(page, '/identities')
  const everybody = await listed(page)
  await page.getByRole('combobox', { name: 'Linked in' }).selectOption(`Linked in ${system}`)
  await page.getByRole('columnheader', { name: 'Person' }).getByRole('button').click()
  await pages(page).getByRole('link', { name: 'Next' }).click()
  await expect(pages(page)).toContainText(/51–\d+ of \d+/)
  const words = (await pages(page).textContent()) ?? ''
  const people = await listed(page)

  await page.reload()
  await expect(pages(page)).toHaveText(words)
  expect(await listed(page)).toEqual(people)
  await expect(page.getByRole('combobox', { name: 'Linked in' }).locator('option:checked')).toHaveText(
    `Linked in ${system}`,
  )

  const colleague = await context.newPage()
  await open(colleague, page.url())
  await expect(pages(colleague)).toHaveText(words)
  expect(await listed(colleague)).toEqual(people)

  await untilInteractive(page)
  await rowsOf(page).first().getByRole('link').click()
  await expect(page.getByRole('region', { name: 'Facts' })).toBeVisible()
  await page.goBack()
  await expect(pages(page)).toHaveText(words)
  expect(await listed(page)).toEqual(people)
  await page.goBack()
  await expect(pages(page)).toHaveText(/^1–50 of/)
  // As quickly as somebody presses: the router still fetches what was left.
  await page.goBack()
  await page.goBack()
  await expect(page).toHaveURL(/\/identities$/)
  await expect(pages(page)).toContainText('1–50 of 130')
  expect(await listed(page)).toEqual(everybody)
})

test('cannot turn the page of a view that is being left', async ({ page }) => {
  await open(page, '/identities')
  const next = pages(page).getByRole('link', { name: 'Next' })
  let release: () => void = () => undefined
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route('**/data/identities?*', async (route) => {
    await released
    await route.continue()
  })
  await page.getByRole('columnheader', { name: 'Person' }).getByRole('button').click()
  await expect(page.getByRole('columnheader', { name: 'Person' })).toHaveAttribute('aria-sort', /ending$/)
  await expect(next).toHaveAttribute('aria-disabled', 'true')
  release()
  await next.click()
  await expect(pages(page)).toContainText('51–100 of 130')
})

test('opens a person in a new tab by the middle button', async ({ page, context }) => {
  await open(page, '/identities')
  const link = rowsOf(page).nth(2).getByRole('link')
  const name = await link.textContent()
  const opening = context.waitForEvent('page')
  await link.click({ button: 'middle' })
  const tab = await opening
  await expect(tab.getByRole('heading', { level: 1, name: name ?? '' })).toBeVisible()
  await expect(page).toHaveURL(/\/identities$/)
})

test('is told when the list cannot be loaded, and tries again', async ({ page, problems }) => {
  problems.expect(/net::ERR_FAILED/)
  await open(page, '/identities')
  await page.route('**/data/identities?*', (route) => route.abort())
  await page.getByRole('searchbox', { name: 'Search people' }).fill('res_10000')
  await expect(page.getByText('The people could not be loaded')).toBeVisible()
  await expect(page.getByText('The server cannot be reached')).toBeVisible()
  await page.unroute('**/data/identities?*')
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByText('The people could not be loaded')).toBeHidden()
  await expect(pages(page)).toContainText(/1–(\d+) of \1/)
})

test('opens people in tabs of their own, and goes back to the list that was left', async ({ page, context }) => {
  await open(page, '/identities')
  const link = rowsOf(page).nth(2).getByRole('link')
  const path = (await link.getAttribute('href')) ?? ''
  const opened = context.waitForEvent('page')
  await link.click({ modifiers: ['ControlOrMeta'] })
  const tab = await opened
  await expect(tab.getByRole('region', { name: 'Facts' })).toBeVisible()
  expect(new URL(tab.url()).pathname).toBe(path)
  expect(new URL(page.url()).pathname).toBe('/identities')

  await link.press('Enter')
  await expect(page.getByRole('region', { name: 'Facts' })).toBeVisible()
  expect(new URL(page.url()).pathname).toBe(path)
  await page.goBack()
  await expect(pages(page)).toContainText('1–50 of 130')
})

test('sees that a slow page is on its way', async ({ page }) => {
  await open(page, '/identities')
  await page.route(/\/identities\/[0-9a-f-]{36}/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1500))
    await route.continue()
  })
  await rowsOf(page).nth(3).getByRole('link').click()
  await expect(page.getByRole('status', { name: 'Loading' })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Facts' })).toBeVisible()
  await expect(page.getByRole('status', { name: 'Loading' })).toBeHidden()
})

test('reads the marks and the times without seeing colours', async ({ page }) => {
  await open(page, '/identities')
  const row = rowsOf(page).first()
  await expect(row.getByRole('img', { name: /^Headquarters — Brivo: [a-z ]+$/ })).toBeAttached()
  await expect(row.locator('time')).toHaveAttribute('title', /^\w+day, \w+ \d+, \d{4} at \d+:\d\d:\d\d [AP]M E[SD]T$/)
})

test('takes all that a search leaves away as a CSV file and for Excel, in the order that is shown', async ({
  page,
}) => {
  await open(page, '/identities?q=e&sort=name')
  await settled(page)
  const words = await pages(page).textContent()
  const total = Number(/of (\d+)/.exec(words ?? '')?.[1])
  const shown = await listed(page)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Export CSV' }).click(),
  ])
  expect(download.suggestedFilename()).toMatch(/^identities-\d{4}-\d{2}-\d{2}\.csv$/)
  const [, ...rows] = (await readFile(await download.path(), 'utf8')).trim().split('\r\n')
  expect(rows).toHaveLength(total)
  expect(total).toBeGreaterThan(shown.length)
  const [first] = shown
  expect(rows[0]).toContain(first?.split('/').at(-1) ?? 'no one')

  const [workbook] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Export Excel' }).click(),
  ])
  expect(workbook.suggestedFilename()).toMatch(/^identities-\d{4}-\d{2}-\d{2}\.xlsx$/)
  const { sheets } = await readXlsx(await readFile(await workbook.path()))
  expect(sheets[0]?.rows).toHaveLength(total + 1)
})
