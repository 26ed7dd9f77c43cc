import type { RequestMeasurement } from './measure-requests'
import type { Measurement } from './measure-workspace'
import type { Results } from './results'

const widest = 34

/** What the issue of the bench asks for, said beside what was measured. */
const mostOfFloor = 1.3
const leastThroughput = 0.7
const mostGrowth = 1.5

const milliseconds = (value: number) => `${value.toFixed(2).padStart(8)} ms`

/** One line for something that was read or written. */
export function printMeasurement({ name, application, floor, ratio, statements }: Measurement): void {
  const parts = [
    name.padEnd(widest),
    `p50 ${milliseconds(application.p50)}`,
    `p95 ${milliseconds(application.p95)}`,
    `alone ${milliseconds(floor.p50)}`,
    `${ratio.toFixed(2)}×${ratio > mostOfFloor ? ' !' : '  '}`,
    `${statements} ${statements === 1 ? 'statement' : 'statements'}`,
  ]
  console.log(parts.join('  '))
}

/** One line for a kind of request at a number of connections. */
export function printRequest({ name, connections, application, bare, throughput }: RequestMeasurement): void {
  const parts = [
    `${name}, ${connections} conn.`.padEnd(widest),
    `${application.perSecond.toFixed(0).padStart(6)} requests/s`,
    `bare ${bare.perSecond.toFixed(0).padStart(6)}`,
    `${throughput.toFixed(2)}×${throughput < leastThroughput ? ' !' : '  '}`,
    `processor ${application.processorMilliseconds.toFixed(2)} ms, bare ${bare.processorMilliseconds.toFixed(2)} ms`,
    `memory ${(application.memoryBytes / 1e6).toFixed(0)} MB`,
  ]
  console.log(parts.join('  '))
}

/** How p95 grows from one size to the next ten times and more as large, for each database. */
export function printGrowth({ databases }: Results): void {
  for (const { database, sizes } of databases) {
    for (const [at, larger] of sizes.entries()) {
      const smaller = sizes[at - 1]
      if (!smaller) continue
      console.log(
        `\n${database}: p95 at ${larger.people.toLocaleString('en')} by that at ${smaller.people.toLocaleString('en')}`,
      )
      for (const { name, application } of larger.queries) {
        // The last page of the smaller one has another number.
        const [kind] = name.split(/ \d/)
        const before = smaller.queries.find((query) => query.name.split(/ \d/)[0] === kind)
        if (!before) continue
        const growth = application.p95 / before.application.p95
        console.log(`${name.padEnd(widest)}  ${growth.toFixed(2).padStart(6)}×${growth > mostGrowth ? ' !' : ''}`)
      }
    }
  }
}
