import lighthouse, { desktopConfig } from 'lighthouse'

const categories = ['performance', 'accessibility', 'best-practices'] as const
export const leastScore = 95

/** What Lighthouse says of a page; scores of 100. */
export type Rating = {
  name: string
  device: 'desktop' | 'mobile'
  scores: Record<string, number>
  largestPaint: string
  blocked: string
  shift: string
  /** What it found wrong, in its words. */
  faults: string[]
}

/**
 * Has Lighthouse look at a page, in the browser that listens at a port.
 *
 * @throws Error when it saw another page.
 */
export async function rate(name: string, url: string, device: Rating['device'], port: number): Promise<Rating> {
  const result = await lighthouse(
    url,
    { port, onlyCategories: [...categories], disableStorageReset: true, logLevel: 'error' },
    device === 'desktop' ? desktopConfig : undefined,
  )
  if (!result) throw new Error('Lighthouse gave no result.')
  const { lhr } = result
  if (lhr.finalDisplayedUrl !== url) throw new Error(`Lighthouse looked at ${lhr.finalDisplayedUrl}.`)
  const metric = (id: string) => lhr.audits[id]?.displayValue ?? '?'
  const counted = categories.flatMap((category) => lhr.categories[category]?.auditRefs ?? [])
  return {
    ...{ name, device },
    scores: Object.fromEntries(
      categories.map((category) => [category, Math.round((lhr.categories[category]?.score ?? 0) * 100)]),
    ),
    largestPaint: metric('largest-contentful-paint'),
    blocked: metric('total-blocking-time'),
    shift: metric('cumulative-layout-shift'),
    faults: counted.flatMap(({ id, weight }) => {
      const audit = lhr.audits[id]
      const isWrong = weight > 0 && audit?.scoreDisplayMode === 'binary' && audit.score === 0
      return isWrong ? [audit.title] : []
    }),
  }
}
