import axe, { type RunOnly } from 'axe-core'
import { expect, type Page } from './test'

type Extent = {
  /** A selector of the part to look at; the whole page without it. */
  within?: string
  /** Only the rules of WCAG 2.2 AA; or of these only those that other colours can break. */
  only?: 'wcag' | 'colours'
}

const rules = {
  wcag: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
  colours: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] },
} satisfies Record<string, RunOnly>

/**
 * What axe holds against what is on the screen now. A dialog may start to close while axe looks, and what closes
 * is hidden before the focus has left it. So only what a second look at the settled page confirms counts.
 */
export async function accessibilityViolations(page: Page, extent: Extent = {}) {
  const violations = await look(page, extent)
  return violations.length === 0 ? violations : look(page, extent)
}

/**
 * One look, once nothing is closing. It runs straight in the page: the wrapper for Playwright loads axe anew and
 * opens a page of its own each time, which took as long as the checking.
 */
async function look(page: Page, { within, only }: Extent) {
  // A page's title comes with its stream, for a moment after a change there is none.
  await expect(page).toHaveTitle(/./)
  // What is closing is hidden already, while the focus is still on its way back.
  await expect(page.locator('[data-ending-style]')).toHaveCount(0)
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  return page.evaluate(
    async ({ within, runOnly }) => {
      const { axe } = window as unknown as { axe: typeof import('axe-core') }
      const { violations } = await axe.run(within ?? document, {
        resultTypes: ['violations'],
        ...(runOnly && { runOnly }),
      })
      return violations.map(({ id, impact, nodes }) => ({
        id,
        impact,
        nodes: nodes.map(({ target }) => target.join(' ')),
      }))
    },
    { within, runOnly: only && rules[only] },
  )
}
