import type { Page } from '@playwright/test'
import { medianOf } from '../speed/percentiles'

const tries = 8
/** How long a hand rests on a row before it clicks. */
const hoverMilliseconds = 120

/** By what somebody goes from the list to a person. */
export type Way = 'mouse' | 'keyboard'

/** From the click, or the key, until it shows: milliseconds; half of the tries at most, and the longest. */
export type Navigation = {
  way: Way
  slowness: number
  /** The skeleton or the page, whichever comes first. */
  answered: { p50: number; longest: number }
  shown: { p50: number; longest: number }
  /** All layout that shifted from the click until a second after the page came, as CLS counts it; the most of all tries. */
  shift: number
}

type Watch = { clicked: number; answered: number; shown: number; shift: number }

/** Goes from the list to one person after another, in a browser that is so many times as slow. */
export async function measureNavigation(page: Page, list: string, way: Way, slowness: number): Promise<Navigation> {
  const session = await page.context().newCDPSession(page)
  const taken: { answered: number; shown: number; shift: number }[] = []
  try {
    for (let attempt = 0; attempt <= tries; attempt++) {
      await page.goto(list, { waitUntil: 'networkidle' })
      await session.send('Emulation.setCPUThrottlingRate', { rate: slowness })
      // The compiler has functions keep their names by one of its own, which the page does not have.
      await page.evaluate('globalThis.__name = (named) => named')
      await page.evaluate(watch)
      // Another person each time: none is known to the browser yet.
      const link = page.locator('main table a[data-row-link]').nth(attempt + 1)
      if (way === 'mouse') {
        await link.hover()
        await page.waitForTimeout(hoverMilliseconds)
        await page.mouse.down()
        await page.mouse.up()
      } else {
        await link.focus()
        await page.waitForTimeout(hoverMilliseconds)
        await page.keyboard.press('Enter')
      }
      await page.waitForFunction(() => (window as unknown as { watched: Watch }).watched.shown > 0)
      await page.waitForTimeout(1000)
      const { clicked, answered, shown, shift } = await page.evaluate(
        () => (window as unknown as { watched: Watch }).watched,
      )
      await session.send('Emulation.setCPUThrottlingRate', { rate: 1 })
      // The first one loads what the page's code needs.
      if (attempt > 0) taken.push({ answered: answered - clicked, shown: shown - clicked, shift })
    }
  } finally {
    await session.detach()
  }
  const of = (part: 'answered' | 'shown') => {
    const times = taken.map((one) => one[part])
    return { p50: medianOf(times), longest: Math.max(...times) }
  }
  return {
    ...{ way, slowness, answered: of('answered'), shown: of('shown') },
    shift: Math.max(...taken.map(({ shift }) => shift)),
  }
}

/** In the page: looks at each picture that the browser draws after the click, and at what shifts. */
function watch(): void {
  const watched: Watch = { clicked: 0, answered: 0, shown: 0, shift: 0 }
  Object.assign(window, { watched })
  const before = document.querySelector('main h1')?.textContent
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) watched.shift += (entry as PerformanceEntry & { value: number }).value
  }).observe({ type: 'layout-shift' })
  const look = () => {
    const now = performance.now()
    const heading = document.querySelector('main h1')?.textContent
    const isShown = heading !== undefined && heading !== before && location.pathname !== '/identities'
    if (!watched.answered && (isShown || document.documentElement.dataset.pending)) watched.answered = now
    if (isShown) watched.shown = now
    // A frame is drawn after what is asked to run before it.
    else requestAnimationFrame(() => setTimeout(look))
  }
  const begin = (event: Event) => {
    if (watched.clicked) return
    watched.clicked = event.timeStamp
    look()
  }
  addEventListener('pointerup', begin, { capture: true })
  addEventListener('keydown', begin, { capture: true })
}
