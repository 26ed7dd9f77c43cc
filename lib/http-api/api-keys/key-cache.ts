import { subscribe } from '@/db/client'
import type { Subscription } from '@/db/notifications'

/** The PostgreSQL channel on which the public id of each revoked key is told. */
export const revokedChannel = 'keyholder_api_key_revoked'

const mostEntries = 1000
const lifetimeMilliseconds = 10_000

/** A key that is not revoked, as it was read from the database. */
export type KnownApiKey = {
  workspaceId: string
  apiKeyId: string
  name: string
  secretHash: string
  lastUsedAt: Date | null
}

type KeyCache = {
  entries: Map<string, { apiKey: KnownApiKey; freshUntil: number }>
  /** Counts revocations and moments in which one may have been missed. */
  revocations: number
  subscription?: Promise<Subscription>
}

// Next's bundle and the server entry each load their own copy of this module; the keys are the same.
const holder = globalThis as unknown as { [key: symbol]: KeyCache | undefined }
const key = Symbol.for('keyholder.api_keys')
holder[key] ??= { entries: new Map(), revocations: 0 }
const cache = holder[key]

/**
 * A key by its public id, from this process's memory where it was read within the last 10 seconds.
 * Nothing is kept while this process would not hear of a key revoked by another.
 */
export async function recallApiKey(
  publicId: string,
  read: (publicId: string) => Promise<KnownApiKey | null>,
): Promise<KnownApiKey | null> {
  const entry = cache.entries.get(publicId)
  if (entry && entry.freshUntil > performance.now()) return entry.apiKey
  cache.entries.delete(publicId)
  const subscription = await listenForRevocations()
  const mayKeep = subscription.isLive()
  const { revocations } = cache
  const apiKey = await read(publicId)
  // What was read while a key was being revoked may be how that key was before.
  if (apiKey && mayKeep && revocations === cache.revocations) {
    const [oldest] = cache.entries.size >= mostEntries ? cache.entries.keys() : []
    if (oldest !== undefined) cache.entries.delete(oldest)
    cache.entries.set(publicId, { apiKey, freshUntil: performance.now() + lifetimeMilliseconds })
  }
  return apiKey
}

/** Has the next request with this key ask the database. */
export function forgetApiKey(publicId: string): void {
  cache.revocations++
  cache.entries.delete(publicId)
}

async function listenForRevocations(): Promise<Subscription> {
  const subscription = await cache.subscription
  if (subscription && !subscription.isOver()) return subscription
  cache.subscription = subscribe(revokedChannel, {
    onNotification: forgetApiKey,
    onInterruption: () => {
      cache.revocations++
      cache.entries.clear()
    },
  })
  return cache.subscription
}
