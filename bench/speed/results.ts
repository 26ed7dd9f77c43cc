import type { RequestMeasurement } from './measure-requests'
import type { Measurement } from './measure-workspace'

/** What was measured in a workspace of so many people. */
export type SizeResults = { people: number; queries: Measurement[]; requests: RequestMeasurement[] }

/** What `bench/results.json` holds. */
export type Results = {
  measuredAt: string
  machine: { processors: number; processor: string; memoryBytes: number; node: string }
  databases: { database: string; sizes: SizeResults[] }[]
}
