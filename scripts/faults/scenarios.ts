import { fillEmbeddedDisk, fillPostgresDisk } from './fill-disk'
import { killApplication } from './kill-application'
import { moveClock } from './move-clock'
import { restartPostgres } from './restart-postgres'
import type { Scenario } from './scenario'
import { slowClients } from './slow-clients'
import { holdConnections, takeConnections } from './take-connections'

/** Every fault there is, in the order in which they are run. */
export const scenarios: Scenario[] = [
  { name: 'kill-embedded', database: 'embedded', run: (amount) => killApplication('embedded', amount) },
  { name: 'kill-postgres', database: 'postgres', run: (amount) => killApplication('postgres', amount) },
  { name: 'restart-postgres', database: 'postgres', run: restartPostgres },
  { name: 'take-connections', database: 'postgres', run: takeConnections },
  { name: 'hold-connections', database: 'postgres', run: holdConnections },
  { name: 'disk-postgres', database: 'postgres', run: fillPostgresDisk },
  { name: 'disk-embedded', database: 'embedded', run: fillEmbeddedDisk },
  { name: 'clock-embedded', database: 'embedded', run: () => moveClock('embedded') },
  { name: 'clock-postgres', database: 'postgres', run: () => moveClock('postgres') },
  { name: 'slow-clients', database: 'embedded', run: slowClients },
]
