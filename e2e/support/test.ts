import { type BrowserContext, test as base, expect, type Page } from '@playwright/test'

/** What went wrong in a browser beside what a test looks at. */
type Problems = {
  /** Watches a further browser context, such as that of a second admin. */
  watch: (context: BrowserContext) => void
  /** Says that a problem belongs to the test: what the message matches is not held against it. */
  expect: (message: RegExp) => void
}

/**
 * Every test fails when a page writes an error to its console, throws, or is answered with a 5xx,
 * unless the test said that it would.
 */
export const test = base.extend<{ problems: Problems }>({
  problems: [
    async ({ context }, use) => {
      const found: string[] = []
      const expected: RegExp[] = []
      const watch = (watched: BrowserContext) => {
        watched.on('console', (message) => {
          if (message.type() === 'error') found.push(`console: ${message.text()} (${message.location().url})`)
        })
        watched.on('weberror', (error) => found.push(`error: ${error.error().stack ?? error.error().message}`))
        watched.on('response', (response) => {
          if (response.status() >= 500) found.push(`response: ${response.status()} ${response.url()}`)
        })
      }
      watch(context)
      await use({ watch, expect: (message) => expected.push(message) })
      expect(
        found.filter((problem) => !expected.some((message) => message.test(problem))),
        'problems in the browser',
      ).toEqual([])
    },
    { auto: true },
  ],
})

export { expect, type Page }

/** What the browser writes to its console when a page or a request is not found. */
export const notFoundInConsole = /Failed to load resource: the server responded with a status of 404/

/** Opens an address and waits until the page answers to clicks and keys. */
export async function open(page: Page, address: string): Promise<void> {
  await page.goto(address)
  await untilInteractive(page)
}

/** Waits until React has taken over everything in the page that can be acted on. */
export async function untilInteractive(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const controls = [...document.querySelectorAll('a, button, input, select')].filter(
      (control) => !(control instanceof HTMLInputElement && control.type === 'hidden'),
    )
    return (
      controls.length > 0 &&
      controls.every((control) => Object.keys(control).some((name) => name.startsWith('__reactProps')))
    )
  })
  // React marks what it is still working on; whatever listens for keys is there once that is committed.
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))))
}

/** The toast that says this. */
export function toast(page: Page, words: string | RegExp) {
  return page.getByRole('dialog').filter({ hasText: words })
}
