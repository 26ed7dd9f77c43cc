import { setImmediate } from 'node:timers'

/** How long work may go on, in milliseconds, before everything else gets a turn. */
const turnMilliseconds = 10

type Turns = {
  /** When the work of this round of the event loop began. */
  begunAt: number | undefined
  waiting: (() => void)[]
}

// Next's bundle and the server entry each load their own copy of this module; the event loop is one.
const holder = globalThis as unknown as { [key: symbol]: Turns | undefined }
const key = Symbol.for('keyholder.turns')
holder[key] ??= { begunAt: undefined, waiting: [] }
const turns = holder[key]

/**
 * Lets everything else in this process have a turn, once work has gone on for a while. Call it between two
 * pieces of anything that may be long. Of several long works, one goes on in each round of the event loop, so
 * that many of them hold nobody up longer than one does.
 */
export async function giveWay(): Promise<void> {
  if (turns.begunAt === undefined) return beginTurn()
  if (performance.now() - turns.begunAt < turnMilliseconds) return
  await new Promise<void>((resolve) => {
    turns.waiting.push(resolve)
    if (turns.waiting.length === 1) setImmediate(wakeNext)
  })
}

function beginTurn(): void {
  turns.begunAt = performance.now()
  setImmediate(() => {
    turns.begunAt = undefined
  })
}

function wakeNext(): void {
  beginTurn()
  turns.waiting.shift()?.()
  if (turns.waiting.length > 0) setImmediate(wakeNext)
}
