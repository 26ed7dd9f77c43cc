import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { Piscina } from 'piscina'
import { Refusal } from '@/lib/platform/refusals'

/** The tasks of `password-worker.mjs`: what each takes, and what it gives. */
type Tasks = {
  score: [{ password: string; words: string[] }, number]
  hash: [string, string]
  hashLike: [{ text: string; like: string }, string]
  verify: [{ hash: string; password: string }, { isRight: boolean; isOutdated: boolean }]
}

/** Beyond this many waiting tasks, strangers are asked to come back later. */
const mostWaitingOfStrangers = 20
/** Beyond this many, everybody is. */
const mostWaiting = 50

// Next's bundle and the server entry each load their own copy of this module.
const holder = globalThis as unknown as { [key: symbol]: Piscina | undefined }
const key = Symbol.for('keyholder.password-work')

/**
 * Scores, hashes or compares a password on another thread, two at a time at most.
 *
 * @throws Refusal `server_busy` when too many wait already
 */
export async function runPasswordWork<Name extends keyof Tasks>(
  name: Name,
  given: Tasks[Name][0],
): Promise<Tasks[Name][1]> {
  const pool = getPool()
  if (pool.queueSize >= mostWaiting) throw busy()
  return pool.run(given, { name })
}

/**
 * Keeps the last places in the queue for people whose browser is known.
 *
 * @throws Refusal `server_busy`
 */
export function refuseStrangersWhenBusy(): void {
  if ((holder[key]?.queueSize ?? 0) >= mostWaitingOfStrangers) throw busy()
}

function getPool(): Piscina {
  holder[key] ??= new Piscina({
    // Not part of Next's bundle: the thread loads it from the application's folder.
    filename: resolve('lib/accounts/auth/password-worker.mjs'),
    ...{ minThreads: 0, maxThreads: Math.min(2, availableParallelism()), idleTimeout: 60_000 },
  })
  return holder[key]
}

function busy(): Refusal {
  const message = 'The server is busy. Wait a few seconds, then try again.'
  return new Refusal({ kind: 'too_many', type: 'server_busy', message })
}
