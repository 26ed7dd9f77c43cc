import type { Locator, Page } from '@playwright/test'

/**
 * What Next's router asks the server when somebody follows a link: the address and the headers, which say what stands
 * on the page already and need not be sent again.
 */
export async function routerRequestOf(
  page: Page,
  link: Locator,
): Promise<{ path: string; headers: Record<string, string> }> {
  const pathname = await link.getAttribute('href')
  const asked = page.waitForRequest((request) => {
    const { rsc, 'next-router-prefetch': ahead } = request.headers()
    return rsc === '1' && !ahead && new URL(request.url()).pathname === pathname
  })
  // Without a pointer, which would have the page fetched ahead.
  await link.evaluate((element: HTMLElement) => element.click())
  const request = await asked
  const { search } = new URL(request.url())
  const headers = Object.entries(await request.allHeaders()).filter(
    ([name]) => name === 'rsc' || name.startsWith('next-'),
  )
  return { path: `${pathname}${search}`, headers: Object.fromEntries(headers) }
}
