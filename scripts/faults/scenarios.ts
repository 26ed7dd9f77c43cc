import { killApplication } from './kill-application'
import type { Scenario } from './scenario'

/** Every fault there is, in the order in which they are run. */
export const scenarios: Scenario[] = [
  { name: 'kill-embedded', database: 'embedded', run: (amount) => killApplication('embedded', amount) },
  { name: 'kill-postgres', database: 'postgres', run: (amount) => killApplication('postgres', amount) },
]
