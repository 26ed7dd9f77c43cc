import type { Page } from '@playwright/test'

/** The longest time from a key to what it changes on the page, as browsers count it for INP. */
export type Typing = { slowness: number; longestMilliseconds: number; interactions: number }

/** Types into the search of the list, in a browser that is so many times as slow. */
export async function measureTyping(page: Page, list: string, slowness: number): Promise<Typing> {
  await page.goto(list, { waitUntil: 'networkidle' })
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowness })
  await page.evaluate(() => {
    const durations: number[] = []
    Object.assign(window, { durations })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        if ((entry as PerformanceEventTiming).interactionId) durations.push(entry.duration)
      }
    }).observe({ type: 'event', durationThreshold: 16, buffered: true } as PerformanceObserverInit)
  })
  const search = page.getByRole('searchbox').first()
  await search.click()
  await search.pressSequentially('maria lopez', { delay: 120 })
  await page.waitForTimeout(1500)
  const durations = await page.evaluate(() => (window as unknown as { durations: number[] }).durations)
  await session.detach()
  return { slowness, longestMilliseconds: Math.max(0, ...durations), interactions: durations.length }
}
