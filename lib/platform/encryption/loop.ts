import { setTimeout as sleep } from 'node:timers/promises'
import { logger } from '../logger'
import { encryptEverythingAnew } from './commands'

const everyMilliseconds = 60 * 60 * 1000

/**
 * Encrypts anew whatever isn't encrypted with the current secret, now and once an hour, until it is stopped.
 *
 * @returns `stop`: waits for the slice that is under way.
 */
export function startEncryptingAnew(): { stop: () => Promise<void> } {
  const stopping = new AbortController()
  const loop = run(stopping.signal)
  return {
    stop: () => {
      stopping.abort()
      return loop
    },
  }
}

async function run(stopping: AbortSignal): Promise<void> {
  while (!stopping.aborted) {
    try {
      const { encrypted, unreadable } = await encryptEverythingAnew({ stopping })
      if (encrypted > 0) logger().info({ values: encrypted }, 'Values were encrypted with the current AUTH_SECRET')
      if (unreadable > 0) {
        logger().warn({ values: unreadable }, 'Values are encrypted with a secret that is not known any more')
      }
    } catch (error) {
      logger().error({ error }, 'Encrypting anew went wrong and is tried again')
    }
    await sleep(everyMilliseconds, undefined, { signal: stopping, ref: false }).catch(() => undefined)
  }
}
