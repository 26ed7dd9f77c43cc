'use client'

import { createContext, type ReactNode, use, useTransition } from 'react'
import { type ActionResult, type RefusalValue, unreachable } from '@/lib/errors'
import { showErrorToast, showToast } from './toast'

type UndoChange = (changeId: string) => Promise<ActionResult<null>>

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
  /** Shows a refusal where it belongs; without it, a toast does. */
  refused?: (refusal: RefusalValue) => void
  /** Runs within the transition, after an action that succeeded. */
  after?: (value: Value) => void
}

/**
 * Carries out changes on the server one after another: tells how each went and offers to undo it. What
 * was refused says why, and nothing was changed.
 */
export function useChange(): { pending: boolean; carryOut: <Value>(change: Change<Value>) => void } {
  const undo = use(UndoContext)
  const [pending, startTransition] = useTransition()
  const carryOut = <Value,>({ action, done, undone, before, refused, after }: Change<Value>) =>
    startTransition(async () => {
      before?.()
      const result = await action().catch(() => ({ ok: false as const, refusal: unreachable }))
      if (!result.ok) return refused ? refused(result.refusal) : showErrorToast(result.refusal.message)
      const { changeId, value } = result
      showToast(done, undo && undone ? () => carryOut({ action: () => undo(changeId), done: undone }) : undefined)
      after?.(value)
    })
  return { pending, carryOut }
}
