import { medianOf, type Percentiles, percentilesOf } from './percentiles'

const rounds = 5
const roundMilliseconds = 1200
const fewestRuns = 8
const longestRoundMilliseconds = 6000
const mostRuns = 150

export type Comparison = {
  /** What the application took, and what its statements took alone. */
  application: Percentiles
  floor: Percentiles
  /** Median over the rounds of how many times as long the application took, by p50. */
  ratio: number
  runs: number
}

/**
 * Measures the application and its floor by turns, so that what else the machine does falls on both. A
 * first round warms up and does not count.
 */
export async function compare(application: () => Promise<unknown>, floor: () => Promise<unknown>): Promise<Comparison> {
  const measured: { application: Percentiles; floor: Percentiles; runs: number }[] = []
  for (let round = 0; round <= rounds; round++) {
    const [taken, least]: [number[], number[]] = [[], []]
    const begun = performance.now()
    const goesOn = () => {
      const elapsed = performance.now() - begun
      if (taken.length < 2) return true
      if (taken.length < fewestRuns) return elapsed < longestRoundMilliseconds
      return taken.length < mostRuns && elapsed < roundMilliseconds
    }
    while (goesOn()) {
      // Whoever comes second finds the pages of the database in memory; so they take turns in this as well.
      const isFirst = taken.length % 2 === 0
      if (isFirst) taken.push(await timeOf(application))
      least.push(await timeOf(floor))
      if (!isFirst) taken.push(await timeOf(application))
    }
    if (round > 0) {
      measured.push({ application: percentilesOf(taken), floor: percentilesOf(least), runs: taken.length })
    }
  }
  const middle = (of: (round: (typeof measured)[number]) => number) => medianOf(measured.map(of))
  return {
    application: { p50: middle((round) => round.application.p50), p95: middle((round) => round.application.p95) },
    floor: { p50: middle((round) => round.floor.p50), p95: middle((round) => round.floor.p95) },
    ratio: middle((round) => round.application.p50 / round.floor.p50),
    runs: measured.reduce((sum, { runs }) => sum + runs, 0),
  }
}

async function timeOf(run: () => Promise<unknown>): Promise<number> {
  const before = performance.now()
  await run()
  return performance.now() - before
}
