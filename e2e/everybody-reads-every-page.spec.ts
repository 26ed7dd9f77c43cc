import AxeBuilder from '@axe-core/playwright'
import { systems } from './support/people'
import { expect, notFoundInConsole, open, type Page, test } from './support/test'

const phone = { viewport: { width: 390, height: 844 }, colorScheme: 'dark' } as const
const desk = { viewport: { width: 1440, height: 900 }, colorScheme: 'light' } as const

/** Every look of what is on the screen now: all colours and all widths; `closely`, each with each. */
async function check(page: Page, what: string, closely = false): Promise<void> {
  const looks = closely
    ? [phone, { ...phone, colorScheme: 'light' }, { ...desk, colorScheme: 'dark' }, desk]
    : [phone, desk]
  for (const { viewport, colorScheme } of looks as (typeof phone | typeof desk)[]) {
    const title = `${what}, ${viewport.width} wide, ${colorScheme}`
    await test.step(title, async () => {
      await page.setViewportSize(viewport)
      await page.emulateMedia({ colorScheme })
      // Where something is still fading, its colours are not yet what they will be.
      await page.evaluate(() => Promise.allSettled(document.getAnimations().map((animation) => animation.finished)))
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      expect.soft(overflow, `${title}: pixels that it scrolls sideways`).toBeLessThanOrEqual(0)
      const { violations } = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
        .options({ resultTypes: ['violations'] })
        .analyze()
      const grave = violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)
      expect.soft(grave, title).toEqual([])
    })
  }
}

const arrive = (page: Page, name: string) => expect(page.getByRole('heading', { level: 1, name })).toBeVisible()

test.use({ contextOptions: { reducedMotion: 'reduce' } })
test.setTimeout(480_000)

test('overview and people can be read by everybody', async ({ page }) => {
  await open(page, '/')
  await arrive(page, 'Overview')
  await check(page, 'overview', true)
  await open(page, '/identities')
  await arrive(page, 'Identities')
  await check(page, 'identities', true)
  await open(page, '/identities?q=nobody+is+called+this')
  await check(page, 'nobody found')
  await open(page, '/identities?q=jane.whitfield')
  await page.getByRole('link', { name: 'Jane Whitfield' }).click()
  await arrive(page, 'Jane Whitfield')
  await check(page, 'identity', true)
  await page.getByRole('link', { name: 'Edit' }).click()
  await expect(page.getByRole('button', { name: 'Save changes' })).toBeVisible()
  await check(page, 'editing an identity')
  await open(page, '/identities?q=marcus.oyelaran')
  await page.getByRole('link', { name: 'Marcus Oyelaran' }).click()
  await arrive(page, 'Marcus Oyelaran')
  await check(page, 'identity with suggestions')
})

test('forms, access systems and everything else can be read by everybody', async ({ page, problems }) => {
  problems.expect(notFoundInConsole)
  await open(page, '/identities/new')
  await page.getByRole('textbox', { name: 'Full name' }).fill('Jane Whitfield')
  await page.getByRole('textbox', { name: 'Email address' }).fill('jane')
  await expect(page.getByText('Nearly the same name:')).toBeVisible()
  await page.getByRole('button', { name: 'Create identity' }).click()
  await expect(page.locator('[aria-invalid=true]')).toBeVisible()
  await check(page, 'new identity, refused')
  await open(page, '/access-systems')
  await arrive(page, 'Access systems')
  await check(page, 'access systems')
  await page.getByRole('link', { name: systems.brivo }).click()
  await arrive(page, systems.brivo)
  await check(page, 'access system')
  await page.getByRole('searchbox').fill('jean@example.com')
  await page.getByRole('link', { name: 'Jean Doe' }).click()
  await arrive(page, 'Jean Doe')
  await expect(page.getByRole('option').first()).toBeVisible()
  await check(page, 'ACS user that is not linked')
  await open(page, '/identities?q=jane.whitfield')
  await page.getByRole('link', { name: 'Jane Whitfield' }).click()
  await page.getByRole('listitem', { name: systems.salto }).getByRole('link', { name: 'Jane Whitfield' }).click()
  await expect(page.getByRole('region', { name: 'User identity', exact: true })).toBeVisible()
  await check(page, 'ACS user that is linked')
  await page.goto('/no-such-page')
  await check(page, 'not found')
  await page.context().clearCookies()
  await page.goto('/sign-in')
  await check(page, 'signing in')
})

test('every dialog, menu and picker can be read by everybody', async ({ page }) => {
  await open(page, '/identities')
  await page.getByRole('button', { name: /^Workspace: / }).click()
  await expect(page.getByRole('menu')).toBeVisible()
  await check(page, 'workspace menu')
  await page.getByRole('menuitem', { name: 'Reset demo…' }).click()
  await expect(page.getByRole('dialog', { name: 'Reset the demo?' })).toBeVisible()
  await check(page, 'resetting the demo')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: /^Account: / }).click()
  await expect(page.getByRole('menu')).toBeVisible()
  await check(page, 'account menu', true)
  await page.getByRole('menuitem', { name: 'Keyboard shortcuts' }).click()
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  await check(page, 'keyboard shortcuts')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Find anything' }).click()
  const palette = page.getByRole('dialog', { name: 'Find anything' })
  await palette.getByRole('combobox').fill('whit')
  await expect(palette.getByRole('option').nth(3)).toBeVisible()
  await check(page, 'command palette')
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: 'New identity' }).click()
  await expect(page.getByRole('dialog', { name: 'New identity' })).toBeVisible()
  await check(page, 'new identity as a dialog')
  await open(page, '/identities?q=marcus.oyelaran')
  await page.getByRole('link', { name: 'Marcus Oyelaran' }).click()
  await page.getByRole('button', { name: `Choose an ACS user of ${systems.latch}` }).click()
  const picker = page.getByRole('dialog', { name: `Attach an ACS user of ${systems.latch}` })
  await expect(picker.getByRole('option').nth(3)).toBeVisible()
  await check(page, 'choosing an ACS user')
  const held = picker.getByRole('group', { name: /^Attached to somebody else/ }).getByRole('option')
  await picker.getByRole('combobox').fill('an')
  await held.first().click()
  await expect(page.getByRole('dialog', { name: /^Move / })).toBeVisible()
  await check(page, 'moving an ACS user')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Delete…' }).click()
  await expect(page.getByRole('dialog', { name: /^Delete / })).toBeVisible()
  await check(page, 'deleting an identity')
})
