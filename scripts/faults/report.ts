import type { Amount, Outcome, Scenario } from './scenario'

/** Runs one after another and prints a table of it; what throws is a problem of its own, and the others are still run. */
export async function runScenarios(scenarios: Scenario[], amount: Amount): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  printLine('fault', 'database', 'acknowledged', 'found', 'result')
  for (const { name, database, run } of scenarios) {
    const before = performance.now()
    const outcome = await run(amount).catch(
      (error): Outcome => ({
        ...{ fault: name, database, acknowledged: 0, found: 0, notes: [] },
        problems: [error instanceof Error ? error.message : String(error)],
      }),
    )
    const seconds = Math.round((performance.now() - before) / 1000)
    printOutcome({ ...outcome, notes: [`${seconds} s`, ...outcome.notes] })
    outcomes.push(outcome)
  }
  const sum = (of: 'acknowledged' | 'found') => outcomes.reduce((total, outcome) => total + outcome[of], 0)
  printLine('all', '', sum('acknowledged'), sum('found'), `${sum('acknowledged') - sum('found')} lost`)
  return outcomes
}

const mostProblems = 10

/** A line, and below what was seen and what is wrong. */
function printOutcome({ fault, database, acknowledged, found, notes, problems }: Outcome): void {
  printLine(fault, database, acknowledged, found, problems.length === 0 ? 'ok' : 'FAILED')
  for (const note of notes) console.log(`    ${note}`)
  for (const problem of problems.slice(0, mostProblems)) console.log(`  ! ${problem}`)
  if (problems.length > mostProblems) console.log(`  ! and ${problems.length - mostProblems} more`)
}

function printLine(
  fault: string,
  database: string,
  acknowledged: string | number,
  found: string | number,
  end: string,
) {
  const numbers = `${String(acknowledged).padStart(12)} ${String(found).padStart(8)}`
  console.log(`${fault.padEnd(46)} ${database.padEnd(10)} ${numbers}  ${end}`)
}
