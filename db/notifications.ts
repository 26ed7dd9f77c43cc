import type { PGlite } from '@electric-sql/pglite'
import type pg from 'pg'

/** Told of what arrives on a channel, and of each moment from which something may have been missed. */
export type NotificationListener = { onNotification: (payload: string) => void; onInterruption: () => void }

/** Hears what `pg_notify` tells on one channel, from any process, once its transaction is committed. */
export type Subscription = {
  /** Whether every notification is heard at present. */
  isLive: () => boolean
  /** Whether it has ended for good, with its database. */
  isOver: () => boolean
  end: () => Promise<void>
}

const reconnectMilliseconds = 1000

/** Listens in the embedded database, with which its one process cannot lose touch. */
export function subscribeEmbedded(client: PGlite, channel: string, listener: NotificationListener): Subscription {
  let state: 'starting' | 'live' | 'over' = 'starting'
  client.listen(channel, listener.onNotification).then(
    () => {
      if (state === 'starting') state = 'live'
    },
    (error) => console.error(`Notifications on ${channel} are not heard: ${error.message}`),
  )
  return {
    isLive: () => state === 'live',
    isOver: () => state === 'over',
    end: async () => {
      state = 'over'
      listener.onInterruption()
    },
  }
}

/** Listens on a PostgreSQL server, on a connection of its own that comes back when it is lost. */
export function subscribeOnPostgres(
  newClient: () => pg.Client,
  channel: string,
  listener: NotificationListener,
): Subscription {
  let client: pg.Client | undefined
  let retry: NodeJS.Timeout | undefined
  let isLive = false
  let isOver = false

  const connect = async () => {
    const connecting = newClient()
    client = connecting
    const lose = (error?: Error) => {
      if (client !== connecting) return
      if (isLive && !isOver) console.error(`Notifications were lost: ${error?.message ?? 'the server hung up'}`)
      client = undefined
      isLive = false
      listener.onInterruption()
      connecting.end().catch(() => undefined)
      // Unreferenced: waiting for the server to come back keeps no process from ending.
      if (!isOver) retry = setTimeout(connect, reconnectMilliseconds).unref()
    }
    connecting.on('error', lose)
    connecting.on('end', () => lose())
    connecting.on('notification', ({ payload }) => listener.onNotification(payload ?? ''))
    try {
      await connecting.connect()
      await connecting.query(`listen ${channel}`)
      isLive = client === connecting
    } catch (error) {
      lose(error instanceof Error ? error : undefined)
    }
  }
  void connect()

  return {
    isLive: () => isLive && !isOver,
    isOver: () => isOver,
    end: async () => {
      isOver = true
      clearTimeout(retry)
      listener.onInterruption()
      await client?.end()
    },
  }
}
