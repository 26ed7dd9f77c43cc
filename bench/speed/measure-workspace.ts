import { benchWorkspace } from '../bench-workspace'
import { type Comparison, compare } from './compare'
import { type ExplainedStatement, explainSteps } from './explain'
import { type Read, readsOf } from './reads'
import { type Driver, openDriver, recordStatements, replay, type Step } from './statements'
import { takeSamples, type WorkspaceSamples } from './workspace-samples'
import { writesOf } from './writes'

/** What was measured of one thing that is read or written. */
export type Measurement = Comparison & {
  name: string
  /** How many statements it takes, and in how many round trips. */
  statements: number
  roundTrips: number
  explained: ExplainedStatement[]
}

/** Measures all that is read and written, in a workspace of so many people. */
export async function measureWorkspace(
  people: number,
  isChosen: (name: string) => boolean,
  onMeasured: (measurement: Measurement) => void,
): Promise<WorkspaceSamples> {
  const samples = await takeSamples(await benchWorkspace(people), people)
  const driver = await openDriver()
  for (const read of readsOf(samples)) {
    if (isChosen(read.name)) onMeasured(await measureRead(read, driver))
  }
  for (const { name, application, floor, steps } of await writesOf(samples, driver)) {
    if (isChosen(name)) onMeasured({ name, ...(await compare(application, floor)), ...countsOf(steps), explained: [] })
  }
  return samples
}

async function measureRead({ name, variants }: Read, driver: Driver): Promise<Measurement> {
  const recorded: Step[][] = []
  for (const variant of variants) recorded.push((await recordStatements(variant)).steps)
  // The floor follows behind through the same variants, so that both see each of them as often.
  let [asked, replayed] = [0, 0]
  const compared = await compare(
    () => variants[asked++ % variants.length]?.() ?? Promise.resolve(),
    () => replay(driver, recorded[replayed++ % recorded.length] ?? []),
  )
  const [first = []] = recorded
  return { name, ...compared, ...countsOf(first), explained: await explainSteps(first) }
}

function countsOf(steps: { inTransaction: boolean; statements: unknown[] }[]) {
  return {
    statements: steps.reduce((sum, { statements }) => sum + statements.length, 0),
    roundTrips: steps.reduce(
      (sum, { inTransaction, statements }) => sum + (inTransaction ? statements.length + 2 : 1),
      0,
    ),
  }
}
