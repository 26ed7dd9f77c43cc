import type { Page } from '@playwright/test'
import { medianOf } from '../speed/percentiles'

const rounds = 7

/**
 * The longest time from a click or a key to what it changes on the page, as browsers count it for INP: of a round, the
 * longest of all; of the rounds, the one in the middle and the longest.
 */
export type Typing = { slowness: number; p50: number; longest: number }

/** Types into the search of the list, again and again, in a browser that is so many times as slow. */
export async function measureTyping(page: Page, list: string, slowness: number): Promise<Typing> {
  const session = await page.context().newCDPSession(page)
  const longest: number[] = []
  try {
    for (let round = 0; round < rounds; round++) {
      await page.goto(list, { waitUntil: 'networkidle' })
      await session.send('Emulation.setCPUThrottlingRate', { rate: slowness })
      longest.push(await typeOnce(page))
      await session.send('Emulation.setCPUThrottlingRate', { rate: 1 })
    }
  } finally {
    await session.detach()
  }
  return { slowness, p50: medianOf(longest), longest: Math.max(...longest) }
}

async function typeOnce(page: Page): Promise<number> {
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
  return page.evaluate(() => Math.max(0, ...(window as unknown as { durations: number[] }).durations))
}
