import type { Outcome } from '../faults/scenario'
import { startApplication } from '../processes/application'
import { authSecret, type Cluster } from './cluster'

/** An instance that is told of the pooler only says so at its start, and ends. */
export async function checkPooler({ poolerUrl }: Cluster): Promise<Outcome> {
  const said = await startApplication({ DATABASE_URL: poolerUrl, AUTH_SECRET: authSecret }).then(
    async (application) => {
      await application.kill()
      return 'nothing'
    },
    (error: Error) => error.message,
  )
  const problems = said.includes('DATABASE_DIRECT_URL is missing') ? [] : [`it said: ${said}`]
  return {
    ...{ fault: 'a pooler without a direct address', database: 'postgres', acknowledged: 0, found: 0 },
    ...{ notes: ['refused at the start'], problems },
  }
}
