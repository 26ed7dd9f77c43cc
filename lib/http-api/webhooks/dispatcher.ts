import { setTimeout as sleep } from 'node:timers/promises'
import { logger } from '@/lib/platform/logger'
import { pruneIdempotentRequests } from '../idempotency/commands'
import { pruneDeliveries } from './commands'
import { type DeliverySettings, deliver } from './deliver'
import { type Claim, claimDelivery, recordOutcome } from './outbox'
import type { Full } from './turns'

export type DispatcherSettings = DeliverySettings & {
  /** What time it is; tests move it. Otherwise the database says. */
  now: () => Date | undefined
}

/** How many deliveries a process has under way at most. */
const atOnce = 24
/** How many of them may be one workspace's. */
const atOncePerWorkspace = 4
/** How many of them may go to slow and to new receivers. The rest is always left for quick ones. */
const atOnceInLane = { slow: 8, new: 8, quick: atOnce }

const idleMilliseconds = 1000
const afterErrorMilliseconds = 5000
const pruneEveryMilliseconds = 60 * 60 * 1000
const graceMilliseconds = 10_000

/** Delivers what is due, some at once; each that is finished makes room for the next. */
export class Dispatcher {
  readonly #settings: DispatcherSettings
  readonly #underWay = new Map<Promise<void>, Claim>()
  #finished = 0
  #abandoned = false

  constructor(settings: Partial<DispatcherSettings> = {}) {
    const rules = { allowPrivateAddresses: false, outgoingHosts: null }
    this.#settings = { timeoutMilliseconds: 10_000, ...rules, now: () => undefined, ...settings }
  }

  /**
   * Begins as many deliveries as are due and as there is room for now.
   *
   * @returns whether there is room again already, for what may be due besides.
   */
  async takeUp(stopping?: AbortSignal): Promise<boolean> {
    for (let room = atOnce - this.#underWay.size; room > 0 && !stopping?.aborted; room--) {
      const finished = this.#finished
      const claim = await claimDelivery(this.#settings.now(), this.#full(), this.#underWayIds())
      // What was finished while the database looked may be just what others waited for.
      if (!claim) return finished !== this.#finished
      const attempt: Promise<void> = this.#attempt(claim).finally(() => {
        this.#underWay.delete(attempt)
        this.#finished++
      })
      this.#underWay.set(attempt, claim)
    }
    return this.#underWay.size < atOnce
  }

  /** Waits until one that is under way is finished; forever if none is. */
  whenOneIsFinished(): Promise<void> {
    return Promise.race(this.#underWay.keys())
  }

  /** Delivers all that is due now, and what that makes room for. */
  async deliverDue(): Promise<void> {
    for (;;) {
      if (await this.takeUp()) continue
      if (this.#underWay.size === 0) return
      await this.whenOneIsFinished()
    }
  }

  /**
   * Waits for what is under way, at most so long. What takes longer is let be: nothing of it is
   * written, and it is tried again when its lease ends.
   */
  async finish(graceMilliseconds: number): Promise<void> {
    await Promise.race([Promise.all(this.#underWay.keys()), sleep(graceMilliseconds, undefined, { ref: false })])
    this.#abandoned = true
  }

  async #attempt(claim: Claim): Promise<void> {
    try {
      const outcome = await deliver(claim.message, this.#settings)
      if (!this.#abandoned) await recordOutcome(claim, outcome, this.#settings.now())
    } catch (error) {
      report(error)
    }
  }

  #underWayIds(): string[] {
    return [...this.#underWay.values()].map(({ message }) => message.deliveryId)
  }

  #full(): Full {
    const claims = [...this.#underWay.values()]
    const workspaces = countBy(claims, ({ workspaceId }) => workspaceId)
    const lanes = countBy(claims, ({ lane }) => lane)
    return {
      workspaceIds: [...workspaces].filter(([, count]) => count >= atOncePerWorkspace).map(([id]) => id),
      lanes: [...lanes].filter(([lane, count]) => count >= atOnceInLane[lane]).map(([lane]) => lane),
    }
  }
}

function countBy<Item, Key>(items: Item[], keyOf: (item: Item) => Key): Map<Key, number> {
  const counts = new Map<Key, number>()
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1)
  return counts
}

// Next's bundle and the server entry each load their own copy of this module; the loop is one.
const holder = globalThis as unknown as { [key: symbol]: { stop: () => Promise<void> } | undefined }
const key = Symbol.for('keyholder.webhook-dispatcher')

/**
 * Delivers to webhooks from now on, and tidies up once an hour, until it is stopped. There is one
 * such loop in a process, whoever starts it; several processes on one database share the work.
 *
 * @returns `stop`: waits for what is under way, at most 10 s; the rest is for the next start.
 */
export function startWebhookDispatcher(settings: Partial<DispatcherSettings> = {}): { stop: () => Promise<void> } {
  const running = holder[key]
  if (running) return running
  const dispatcher = new Dispatcher(settings)
  const stopping = new AbortController()
  const loop = run(dispatcher, stopping.signal)
  const stop = async () => {
    stopping.abort()
    await loop
    await dispatcher.finish(graceMilliseconds)
    holder[key] = undefined
  }
  holder[key] = { stop }
  return { stop }
}

async function run(dispatcher: Dispatcher, stopping: AbortSignal): Promise<void> {
  let prunedAt = Number.NEGATIVE_INFINITY
  while (!stopping.aborted) {
    let wait = idleMilliseconds
    try {
      if (await dispatcher.takeUp(stopping)) wait = 0
      const now = performance.now()
      if (now - prunedAt >= pruneEveryMilliseconds) {
        await pruneDeliveries()
        await pruneIdempotentRequests()
        prunedAt = now
      }
    } catch (error) {
      report(error)
      wait = afterErrorMilliseconds
    }
    await pause(dispatcher, wait, stopping)
  }
}

/** Waits a while, less when there is room for more or it is time to stop. */
function pause(dispatcher: Dispatcher, milliseconds: number, stopping: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const goOn = () => {
      clearTimeout(timer)
      stopping.removeEventListener('abort', goOn)
      resolve()
    }
    const timer = setTimeout(goOn, milliseconds)
    stopping.addEventListener('abort', goOn)
    void dispatcher.whenOneIsFinished().then(goOn)
    if (stopping.aborted) goOn()
  })
}

function report(error: unknown): void {
  logger().error({ error }, 'Delivering to webhooks went wrong and is tried again')
}
