import { otherSession } from './support/folders'
import { expect, open, test } from './support/test'

// A workspace that no test changes, so that figures and lists can be compared while others work.
test.use({ storageState: otherSession })

test('finds behind every figure and every call for attention a list of that very number', async ({ page }) => {
  await open(page, '/')
  const figure = page.getByRole('definition')
  const people = (await figure.nth(0).textContent())?.trim()
  const accessSystems = Number(await figure.nth(1).textContent())
  const attention = page.getByRole('region', { name: 'Needs attention' }).getByRole('link')
  const calls = await attention.evaluateAll((links) =>
    links.map((link) => ({ href: link.getAttribute('href') ?? '', words: link.textContent ?? '' })),
  )
  expect(calls.length).toBeGreaterThan(2)
  const coverage = await page
    .getByRole('region', { name: 'Linked in each access system' })
    .getByRole('img')
    .evaluateAll((pictures) => pictures.map((picture) => picture.getAttribute('aria-label') ?? ''))
  expect(coverage).toHaveLength(accessSystems)

  // The share of all is the sum of the shares.
  const counts = coverage.map((words) => /: ([\d,]+) of ([\d,]+) /.exec(words)?.slice(1).map(Number) ?? [])
  const sum = (place: number) => counts.reduce((total, pair) => total + (pair[place] ?? 0), 0)
  await expect(figure.nth(2)).toContainText(`${sum(0)} of ${sum(1)}`)
  await expect(figure.nth(2)).toContainText(`${Math.floor((sum(0) / sum(1)) * 100)}%`)

  const total = page.getByRole('navigation', { name: 'Pages' })
  await page.getByRole('link', { name: 'People', exact: true }).click()
  await expect(total).toContainText(`of ${people}`)
  await page.goBack()
  await page.getByRole('main').getByRole('link', { name: 'Access systems', exact: true }).click()
  await expect(page.getByRole('main').getByRole('listitem')).toHaveCount(accessSystems)

  for (const { href, words } of calls) {
    const number = /^([\d,]+) /.exec(words)?.[1]
    expect(number, words).toBeDefined()
    await open(page, href)
    await expect(total, words).toContainText(new RegExp(`^1–\\d+ of ${number}\\D`))
  }
})

test('follows coverage to the access system and activity to the person', async ({ page }) => {
  await open(page, '/')
  const system = 'North Campus — Salto KS'
  const picture = page.getByRole('img', { name: new RegExp(`^${system}: `) })
  const [, linked, all] = /: (\d+) of (\d+) /.exec((await picture.getAttribute('aria-label')) ?? '') ?? []
  await page.getByRole('region', { name: 'Linked in each access system' }).getByRole('link', { name: system }).click()
  await expect(page.getByRole('heading', { level: 1, name: system })).toBeVisible()
  await expect(page.getByRole('navigation', { name: 'Pages' })).toContainText(`of ${all}`)
  await page.getByRole('combobox', { name: 'Linked' }).selectOption('Linked')
  await expect(page.getByRole('navigation', { name: 'Pages' })).toContainText(`of ${linked}`)

  await open(page, '/')
  const event = page.getByRole('region', { name: 'Recent activity' }).getByRole('link').first()
  const words = (await event.textContent()) ?? ''
  await event.click()
  await expect(page).toHaveURL(/\/identities\/[0-9a-f-]{36}$/)
  await expect(page.getByRole('region', { name: 'Timeline' })).toContainText(words)
})
