'use client'

import { unstable_rethrow } from 'next/navigation'
import { createContext, type ReactNode, use, useMemo, useTransition } from 'react'
import { lostInWords } from '@/lib/access/credentials/credential'
import { type ActionResult, type RefusalValue, unreachable } from '@/lib/platform/refusals'
import { showErrorToast, showToast } from './toast'

/**
 * `path`: where the admin is, for what is not there any more after the undo. Gives how many cards and door
 * codes did not come back with what they had been deleted with.
 */
type UndoChange = (changeId: string, path: string) => Promise<ActionResult<{ lostCredentials: number }>>

const UndoContext = createContext<UndoChange | null>(null)

/** Gives every change below it its Undo. */
export function UndoProvider({ undo, children }: { undo: UndoChange; children: ReactNode }) {
  return <UndoContext value={undo}>{children}</UndoContext>
}

type Change<Value> = {
  action: () => Promise<ActionResult<Value>>
  /** What happened, said once it has; left out where the page itself shows it. */
  done?: ReactNode
  /** Said once it has been taken back; without it, Undo is not offered. */
  undone?: ReactNode
  /** Runs within the transition, before the action: for what shows at once. */
  before?: () => void
  /** Shows a refusal where it belongs; without it, a toast does. */
  refused?: (refusal: RefusalValue) => void
  /** Runs within the transition, after an action that succeeded. */
  after?: (value: Value) => void
}

type Words = { done: ReactNode; undone: ReactNode }

type UseChange = {
  pending: boolean
  carryOut: <Value>(change: Change<Value>) => void
  /** Takes back a change that was carried out earlier, and says so; `done`: said once that is undone again. */
  takeBack: (changeId: string, words: Words) => void
}

/**
 * Carries out changes on the server one after another: tells how each went and offers to undo it. What
 * was refused says why, and nothing was changed.
 */
export function useChange(): UseChange {
  const undo = use(UndoContext)
  const [pending, startTransition] = useTransition()
  return useMemo(() => {
    const run = <Value,>(
      { action, done, before, refused, after }: Omit<Change<Value>, 'undone'>,
      undoOf: (changeId: string) => (() => void) | undefined,
      saying = (words: ReactNode, _value: Value) => words,
    ) =>
      startTransition(async () => {
        before?.()
        const result = await action().catch((error) => {
          // A redirect, away from what is there no more, travels as an error too.
          unstable_rethrow(error)
          return { ok: false as const, refusal: unreachable }
        })
        if (!result.ok) return refused ? refused(result.refusal) : showErrorToast(result.refusal.message)
        if (done) showToast(saying(done, result.value), undoOf(result.changeId))
        after?.(result.value)
      })
    const takeBack = (changeId: string, { done, undone }: Words) => {
      if (!undo) return
      run(
        { action: () => undo(changeId, location.pathname), done: undone },
        (undoId) => () => takeBack(undoId, { done: undone, undone: done }),
        (words, { lostCredentials }) => (
          <>
            {words} {lostCredentials > 0 && lostInWords(lostCredentials)}
          </>
        ),
      )
    }
    const carryOut = <Value,>({ undone, ...change }: Change<Value>) =>
      run(change, (changeId) => (undo && undone ? () => takeBack(changeId, { done: change.done, undone }) : undefined))
    return { pending, carryOut, takeBack }
  }, [undo, pending])
}
