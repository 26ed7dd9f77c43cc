import type { Application } from '../processes/application'
import type { Target } from '../processes/target'
import { checkWrites } from './check-writes'
import type { Ledger } from './ledger'
import { Load, type LoadOptions, listAcsSystemIds } from './load'

/** How much a run does. */
export type Amount = { writes: number; kills: number }

/** What came of one fault. */
export type Outcome = {
  fault: string
  database: Target['kind']
  acknowledged: number
  found: number
  /** What was seen, in a few words. */
  notes: string[]
  problems: string[]
}

export type Scenario = {
  /** Its name after `--only`. */
  name: string
  database: Target['kind']
  run: (amount: Amount) => Promise<Outcome>
}

/** Begins to write to an application. */
export async function startLoad(target: Target, application: () => Application, options: LoadOptions): Promise<Load> {
  const acsSystemIds = await listAcsSystemIds(application().url, target.apiKey)
  return new Load({ url: () => application().url, apiKey: target.apiKey, acsSystemIds }, options)
}

/** Compares what a load was told with the database, and says which answers were not acknowledgements. */
export async function concludeLoad(target: Target, ledger: Ledger, prefix: string) {
  const { acknowledged, found, problems } = await target.inspect((query) => checkWrites(query, ledger, prefix))
  if (found < acknowledged) problems.unshift(`${acknowledged - found} acknowledged writes were not found`)
  return { acknowledged, found, problems, notes: describeAnswers(ledger) }
}

/** Such as `503 service_unavailable with Retry-After: 12`. */
function describeAnswers({ otherAnswers }: Ledger): string[] {
  return [...otherAnswers].map(([answer, count]) => `${answer}: ${count}`)
}

/** What a load was answered besides acknowledgements and what the fault allows. */
export function unexpectedAnswers({ otherAnswers }: Ledger, allowed: string[]): string[] {
  return [...otherAnswers]
    .filter(([answer]) => !allowed.includes(answer))
    .map(([answer, count]) => `${count} × unexpected answer: ${answer}`)
}

/** The one clear answer while the database cannot be used. */
export const unavailable = '503 service_unavailable with Retry-After'
/** What a client sees of a server that is killed. */
export const broken = 'connection broken'
