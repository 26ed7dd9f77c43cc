'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useRef, useState, useTransition } from 'react'
import type { ActionResult } from '@/lib/platform/refusals'
import { attempt } from '../ui/attempt'
import { takeBackAll, type UndoAll } from '../ui/take-back-all'
import { showErrorToast, showToast } from '../ui/toast'

/** What this admin did to some rows as one, in words; `changeIds`: by what it is taken back. */
type Step = { words: string; undone: string; changeIds: string[]; acsUserIds: string[] }

/** What has been done to the queue's rows here, newest last, and how it is taken back. */
export function useHandled(undoAll: UndoAll) {
  const client = useQueryClient()
  const [handled, setHandled] = useState<ReadonlyMap<string, Step>>(new Map())
  /** Steps that were tried to be taken back, and refused: trying again would be refused again. */
  const [refusedSteps, setRefusedSteps] = useState<ReadonlySet<Step>>(new Set())
  const [pendingIds, setPendingIds] = useState<ReadonlySet<string>>(new Set())
  const [, startTransition] = useTransition()
  const steps = useRef<Step[]>([])

  const refresh = useCallback(
    () =>
      Promise.all(
        ['reconcile-standing', 'reconcile-certain'].map((key) => client.invalidateQueries({ queryKey: [key] })),
      ),
    [client],
  )
  const setPending = (ids: string[], isPending: boolean) =>
    setPendingIds((before) => {
      const after = new Set(before)
      for (const id of ids) {
        if (isPending) after.add(id)
        else after.delete(id)
      }
      return after
    })

  /** Takes back a step: all of it, or as much as nothing later stands in the way of. */
  const takeBack = (step: Step): void => {
    if (!steps.current.includes(step)) return
    steps.current = steps.current.filter((other) => other !== step)
    setPending(step.acsUserIds, true)
    startTransition(async () => {
      const { refused } = await takeBackAll(undoAll, step.changeIds)
      setPending(step.acsUserIds, false)
      if (refused[0]) {
        setRefusedSteps((before) => new Set([...before, step]))
        showErrorToast(refused[0])
      } else {
        setHandled((before) => new Map([...before].filter(([id]) => !step.acsUserIds.includes(id))))
        showToast(step.undone)
      }
      await refresh()
    })
  }

  /** Notes what was done, says so and offers to take it back. */
  const note = (step: Step): void => {
    steps.current.push(step)
    setHandled((before) => new Map([...before, ...step.acsUserIds.map((id): [string, Step] => [id, step])]))
    showToast(step.words, () => takeBack(step))
    void refresh()
  }

  /** Carries out an action on one row. */
  const carryOut = <Value>(
    acsUserId: string,
    action: () => Promise<ActionResult<Value>>,
    words: { words: string; undone: string },
  ): void => {
    setPending([acsUserId], true)
    startTransition(async () => {
      const result = await attempt(action)
      setPending([acsUserId], false)
      if (!result.ok) {
        showErrorToast(result.refusal.message)
        await refresh()
        return
      }
      note({ ...words, changeIds: [result.changeId], acsUserIds: [acsUserId] })
    })
  }

  const undoLast = (): void => {
    const last = steps.current.at(-1)
    if (last) takeBack(last)
  }
  const canTakeBack = (step: Step) => !refusedSteps.has(step)
  return { handled, pendingIds, note, carryOut, undoLast, takeBack, canTakeBack, refresh }
}
