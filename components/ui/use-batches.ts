'use client'

import { useCallback, useRef, useState } from 'react'
import type { ActionResult, RefusalValue } from '@/lib/platform/refusals'
import { attempt } from './attempt'

/** How much of something long is done. */
export type Progress = { done: number; of: number }

/** What was refused, and of whom; no name where it was refused altogether. */
export type Failure = { name: string; message: string }

type Batches<Item, Value> = {
  items: Item[]
  /** How many are sent with one call. */
  atOnce: number
  action: (batch: Item[]) => Promise<ActionResult<Value>>
  /** Takes what a call gave, before the next one. */
  took: (value: Value, changeId: string, batch: Item[]) => void
}

/**
 * Carries out something long on the server, call by call: between two, it shows how far it is, others have
 * their turn, and it can be stopped. What is done by then stays done.
 */
export function useBatches() {
  const [progress, setProgress] = useState<Progress | null>(null)
  const isStopped = useRef(false)
  /** Gives what refused a whole call, after which nothing more is sent; null where none did. */
  const run = useCallback(async <Item, Value>(batches: Batches<Item, Value>): Promise<RefusalValue | null> => {
    const { items, atOnce, action, took } = batches
    isStopped.current = false
    try {
      for (let from = 0; from < items.length && !isStopped.current; from += atOnce) {
        setProgress({ done: from, of: items.length })
        const batch = items.slice(from, from + atOnce)
        const result = await attempt(() => action(batch))
        if (!result.ok) return result.refusal
        took(result.value, result.changeId, batch)
      }
      return null
    } finally {
      setProgress(null)
    }
  }, [])
  const stop = useCallback(() => {
    isStopped.current = true
  }, [])
  return { progress, run, stop }
}
