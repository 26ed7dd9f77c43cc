import { type Application, startApplication } from '../processes/application'
import { type PgBouncer, startPgBouncer } from '../processes/pgbouncer'
import { type ReplicaServer, startReplicaServer } from '../processes/replica-server'
import { createPostgresTarget, type Target } from '../processes/target'

/** Two instances on one PostgreSQL, with PgBouncer between and a replica beside. */
export type Cluster = {
  target: Target
  replica: ReplicaServer
  poolerUrl: string
  instances: [Application, Application]
  /** Ends an instance at once and starts another in its place. */
  replace: (place: 0 | 1) => Promise<void>
  remove: () => Promise<void>
}

/** What every instance of a cluster signs its sessions with. */
export const authSecret = 'scale-scale-scale-scale-scale-scale'

/** Starts all of it. */
export async function startCluster(): Promise<Cluster> {
  const target = await createPostgresTarget()
  const started: { bouncer?: PgBouncer; replica?: ReplicaServer; instances: Application[] } = { instances: [] }
  const remove = async () => {
    await Promise.all(started.instances.map((instance) => instance.kill()))
    await started.bouncer?.remove()
    await started.replica?.remove()
    await target.remove()
  }
  try {
    const bouncer = await startPgBouncer(target.server.port)
    started.bouncer = bouncer
    const replica = await startReplicaServer(target.server)
    started.replica = replica
    const start = () =>
      startApplication({
        DATABASE_URL: bouncer.url,
        DATABASE_DIRECT_URL: target.server.url,
        DATABASE_REPLICA_URL: replica.url,
        AUTH_SECRET: authSecret,
        WEBHOOKS_ALLOW_PRIVATE: '1',
        DEMO: '1',
      })
    // Together, as a deployment starts them: the migrations’ lock lets one after the other.
    const instances: [Application, Application] = await Promise.all([start(), start()])
    started.instances = instances
    const replace = async (place: 0 | 1) => {
      await instances[place].kill()
      instances[place] = await start()
    }
    return { target, replica, poolerUrl: bouncer.url, instances, replace, remove }
  } catch (error) {
    await remove()
    throw error
  }
}
