import { expect, open, test } from './support/test'

test('keeps dark or light across pages, reloads and tabs', async ({ page, context }) => {
  await page.emulateMedia({ colorScheme: 'light' })
  await open(page, '/identities')
  const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)
  const choose = async (name: string) => {
    await page.getByRole('button', { name: 'Account: Dana Reyes' }).click()
    await page.getByRole('menuitemradio', { name }).click()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('menu')).toHaveCount(0)
  }
  await choose('Dark')
  await expect.poll(ground).toBe('dark')
  await page.reload()
  await expect.poll(ground).toBe('dark')
  const tab = await context.newPage()
  await open(tab, '/')
  expect(await tab.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).toBe('dark')

  await open(page, '/')
  await choose('Light')
  await page.emulateMedia({ colorScheme: 'dark' })
  await expect.poll(ground).toBe('light')
  await page.reload()
  await expect.poll(ground).toBe('light')
})

test.describe('in India', () => {
  test.use({ timezoneId: 'Asia/Kolkata', storageState: { cookies: [], origins: [] } })

  test('reads times in the own zone, also right after the first visit', async ({ page }) => {
    await page.goto('/sign-in?next=/identities')
    await page.getByRole('button', { name: 'Explore the demo' }).click()
    const time = page.getByRole('table').locator('time').first()
    await expect(time).toHaveAttribute('title', / GMT\+5:30$/)
    const [at, shown] = [await time.getAttribute('datetime'), await time.getAttribute('title')]
    expect(at).toMatch(/Z$/)
    const local = await page.evaluate(
      (moment) => new Date(moment).toLocaleString('en-US', { hour: 'numeric', minute: '2-digit' }),
      at ?? '',
    )
    expect(shown).toContain(local.replace(/\D/g, ' ').trim().split(/\s+/).join(':'))
    // The server knows the zone from the second page on.
    const html = await (await page.request.get('/identities')).text()
    expect(html).toContain('GMT+5:30')
    expect(html).not.toContain(' UTC"')
  })
})
