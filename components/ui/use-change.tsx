'use client'

import { unstable_rethrow } from 'next/navigation'
import { createContext, type ReactNode, use, useCallback, useMemo, useTransition } from 'react'
import { type ActionResult, unreachable } from '@/lib/errors'
import { showErrorToast, showToast } from './toast'

/** `path`: where the admin is, for what is not there any more after the undo. */
type UndoChange = (changeId: string, path: string) => Promise<ActionResult<null>>

const UndoContext = createContext<UndoChange | null>(null)

/** Gives every change below it its Undo. */
export function UndoProvider({ undo, children }: { undo: UndoChange; children: ReactNode }) {
  return <UndoContext value={undo}>{children}</UndoContext>
}

type Change<Value> = {
  action: () => Promise<ActionResult<Value>>
  /** What happened, said once it has. */
  done: ReactNode
  /** Said once it has been taken back; without it, Undo is not offered. */
  undone?: ReactNode
  /** Runs within the transition, before the action: for what shows at once. */
  before?: () => void
  /** Runs within the transition, after an action that succeeded. */
  after?: (value: Value) => void
}

type UseChange = {
  pending: boolean
  carryOut: <Value>(change: Change<Value>) => void
  /** Takes back a change that was carried out earlier, and says so. */
  takeBack: (changeId: string, undone: ReactNode) => void
}

/**
 * Carries out changes on the server one after another: tells how each went and offers to undo it. What
 * was refused says why, and nothing was changed.
 */
export function useChange(): UseChange {
  const undo = use(UndoContext)
  const [pending, startTransition] = useTransition()
  const carryOut = useCallback(
    <Value,>({ action, done, undone, before, after }: Change<Value>) => {
      const run = <Result,>(change: Omit<Change<Result>, 'undone'>, offer?: (changeId: string) => () => void) =>
        startTransition(async () => {
          change.before?.()
          const result = await change.action().catch((error) => {
            // A redirect, away from what is there no more, travels as an error too.
            unstable_rethrow(error)
            return { ok: false as const, refusal: unreachable }
          })
          if (!result.ok) return showErrorToast(result.refusal.message)
          showToast(change.done, offer?.(result.changeId))
          change.after?.(result.value)
        })
      const offer =
        undo && undone
          ? (changeId: string) => () => run({ action: () => undo(changeId, location.pathname), done: undone })
          : undefined
      run({ action, done, before, after }, offer)
    },
    [undo],
  )
  const takeBack = useCallback(
    (changeId: string, undone: ReactNode) => {
      if (undo) carryOut({ action: () => undo(changeId, location.pathname), done: undone })
    },
    [undo, carryOut],
  )
  return useMemo(() => ({ pending, carryOut, takeBack }), [pending, carryOut, takeBack])
}
