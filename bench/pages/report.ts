import { leastScore, type Rating } from './lighthouse'
import type { Navigation } from './navigation'
import type { ServerTime } from './server-time'
import type { Typing } from './typing'

const widest = 28

/** What is asked of pages, said beside what was measured. */
const mostOfQueries = 3
const mostMilliseconds = 100

const milliseconds = (value: number) => `${value.toFixed(1).padStart(6)} ms`
const mark = (isMissed: boolean) => (isMissed ? ' !' : '')

/** One line for a page and a device, and one for each fault. */
export function printRating({ name, device, scores, largestPaint, blocked, shift, faults }: Rating): void {
  const told = Object.entries(scores).map(([category, score]) => `${category} ${score}${mark(score < leastScore)}`)
  console.log(
    `${`${name}, ${device}`.padEnd(widest)} ${told.join(', ')}; largest paint ${largestPaint}, blocked ${blocked}, shift ${shift}`,
  )
  for (const fault of faults) console.log(`    ${fault}`)
}

/** One line for what the server takes for a page. */
export function printServerTime({ name, firstByte, page, queries, ratio, statements, bytes }: ServerTime): void {
  const parts = [
    name.padEnd(widest),
    `p50 ${milliseconds(page.p50)}`,
    `p95 ${milliseconds(page.p95)}`,
    `first byte ${milliseconds(firstByte.p50)}`,
    `queries p50 ${milliseconds(queries.p50)}`,
    `p95 ${milliseconds(queries.p95)}`,
    `${ratio.toFixed(2)}×${mark(ratio > mostOfQueries).padEnd(2)}`,
    `${statements} statements`,
    `${(bytes / 1000).toFixed(1)} kB`,
  ]
  console.log(parts.join('  '))
}

/** One line for a way from the list to a person. */
export function printNavigation({ way, slowness, answered, shown, shift }: Navigation): void {
  console.log(
    [
      `List to person by ${way}, ${slowness}×`.padEnd(widest),
      `first sign p50 ${milliseconds(answered.p50)}`,
      `longest ${milliseconds(answered.longest)}${mark(answered.longest > mostMilliseconds).padEnd(2)}`,
      `person p50 ${milliseconds(shown.p50)}`,
      `longest ${milliseconds(shown.longest)}`,
      `shift ${shift.toFixed(4)}${mark(shift > 0)}`,
    ].join('  '),
  )
}

/** One line for typing. */
export function printTyping({ slowness, p50, longest }: Typing): void {
  const tooLong = mark(p50 > mostMilliseconds)
  console.log(
    `${`Typing, ${slowness}×`.padEnd(widest)} to the next picture at most: p50 ${p50} ms${tooLong}  longest ${longest} ms`,
  )
}
