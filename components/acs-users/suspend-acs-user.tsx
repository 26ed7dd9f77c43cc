'use client'

import { useTransition } from 'react'
import type { ActionResult } from '@/lib/errors'
import { Button } from '../ui/button'
import { showErrorToast, showToast } from '../ui/toast'

type Change = (acsUserId: string) => Promise<ActionResult<null>>

type SuspendAcsUserProps = {
  acsUser: { acsUserId: string; displayName: string; isSuspended: boolean }
  onSuspend: Change
  onUnsuspend: Change
}

/** Suspends an ACS user or lifts its suspension; either can be undone. */
export function SuspendAcsUser({ acsUser, onSuspend, onUnsuspend }: SuspendAcsUserProps) {
  const [pending, startTransition] = useTransition()
  const { acsUserId, displayName, isSuspended } = acsUser
  const suspend = { run: onSuspend, done: `Suspended ${displayName}: no door opens.` }
  const unsuspend = { run: onUnsuspend, done: `Lifted the suspension of ${displayName}.` }
  const carryOut = (change: typeof suspend, opposite?: typeof suspend) =>
    startTransition(async () => {
      const result = await change.run(acsUserId).catch(() => null)
      if (!result?.ok) return showErrorToast(result?.refusal.message ?? 'The server cannot be reached. Try again.')
      showToast(change.done, opposite && (() => carryOut(opposite)))
    })
  return (
    <Button
      pending={pending}
      onClick={() => (isSuspended ? carryOut(unsuspend, suspend) : carryOut(suspend, unsuspend))}
    >
      {isSuspended ? 'Lift suspension' : 'Suspend'}
    </Button>
  )
}
