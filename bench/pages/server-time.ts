import { medianOf, type Percentiles, percentilesOf } from '../speed/percentiles'
import { type ObservedServer, observedMark } from './observed-server-process'

const rounds = 5
const runsEach = 25

/** How long the server takes for a page, beside the page's own statements alone. */
export type ServerTime = {
  name: string
  /** Until the first and the last byte have come. */
  firstByte: Percentiles
  page: Percentiles
  /** Its statements, sent again by the driver; those at once that the page sent at once. */
  queries: Percentiles
  /** Median over the rounds of how many times as long the page took, by p50. */
  ratio: number
  statements: number
  steps: number
  /** As it was sent, compressed. */
  bytes: number
}

/** What is asked for: `headers` beside the session's. */
export type AskedPage = { name: string; path: string; headers?: Record<string, string> }

/**
 * Asks for a page and has its statements sent again by turns, so that what else the machine does falls on both.
 * A first round warms up and does not count.
 *
 * @throws Error when the page is not there.
 */
export async function measureServerTime(server: ObservedServer, cookie: string, asked: AskedPage): Promise<ServerTime> {
  const { name } = asked
  const headers = { cookie, ...asked.headers }
  // Next's router adds to an address what it is sent to otherwise.
  const path = (await server.ask(asked.path, headers)).location ?? asked.path
  const requestId = `${observedMark}${name.toLowerCase().replaceAll(/[^a-z]+/g, '-')}`
  const { status, bytes } = await server.ask(path, { ...headers, 'x-request-id': requestId })
  if (status !== 200) throw new Error(`${path} was answered with ${status}.`)
  const steps = await server.statementsOf(requestId)
  const measured: { firstByte: Percentiles; page: Percentiles; queries: Percentiles }[] = []
  for (let round = 0; round <= rounds; round++) {
    const [firstByte, page, queries]: [number[], number[], number[]] = [[], [], []]
    for (let run = 0; run < runsEach; run++) {
      const isFirst = run % 2 === 0
      if (!isFirst) queries.push(await server.repeat(requestId))
      const answer = await server.ask(path, headers)
      firstByte.push(answer.firstByteMilliseconds)
      page.push(answer.milliseconds)
      if (isFirst) queries.push(await server.repeat(requestId))
    }
    if (round > 0) {
      measured.push({
        firstByte: percentilesOf(firstByte),
        page: percentilesOf(page),
        queries: percentilesOf(queries),
      })
    }
  }
  const middle = (of: (round: (typeof measured)[number]) => number) => medianOf(measured.map(of))
  const both = (part: 'firstByte' | 'page' | 'queries'): Percentiles => ({
    p50: middle((round) => round[part].p50),
    p95: middle((round) => round[part].p95),
  })
  return {
    name,
    ...{ firstByte: both('firstByte'), page: both('page'), queries: both('queries') },
    ratio: middle(({ page, queries }) => page.p50 / queries.p50),
    statements: steps.flat().length,
    steps: steps.length,
    bytes,
  }
}
