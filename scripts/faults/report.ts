import type { Amount, Outcome, Scenario } from './scenario'

/** Runs one after another; what throws is a problem of its own, and the others are still run. */
export async function runScenarios(scenarios: Scenario[], amount: Amount): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  for (const { name, database, run } of scenarios) {
    const before = performance.now()
    console.log(`… ${name}`)
    const outcome = await run(amount).catch(
      (error): Outcome => ({
        ...{ fault: name, database, acknowledged: 0, found: 0, notes: [] },
        problems: [error instanceof Error ? error.message : String(error)],
      }),
    )
    const seconds = Math.round((performance.now() - before) / 1000)
    outcomes.push({ ...outcome, notes: [`${seconds} s`, ...outcome.notes] })
  }
  return outcomes
}

const mostProblems = 10

/** The table that a person reads: a line for each fault, and below what was seen and what is wrong. */
export function printOutcomes(outcomes: Outcome[]): void {
  const line = (...cells: (string | number)[]) => {
    const [fault, database, acknowledged, found, result] = cells.map(String)
    console.log(
      `${fault?.padEnd(46)} ${database?.padEnd(10)} ${acknowledged?.padStart(12)} ${found?.padStart(8)}  ${result}`,
    )
  }
  console.log()
  line('fault', 'database', 'acknowledged', 'found', 'result')
  for (const { fault, database, acknowledged, found, notes, problems } of outcomes) {
    line(fault, database, acknowledged, found, problems.length === 0 ? 'ok' : 'FAILED')
    for (const note of notes) console.log(`    ${note}`)
    for (const problem of problems.slice(0, mostProblems)) console.log(`  ! ${problem}`)
    if (problems.length > mostProblems) console.log(`  ! and ${problems.length - mostProblems} more`)
  }
  const sum = (of: 'acknowledged' | 'found') => outcomes.reduce((total, outcome) => total + outcome[of], 0)
  line('all', '', sum('acknowledged'), sum('found'), `${sum('acknowledged') - sum('found')} lost`)
}
