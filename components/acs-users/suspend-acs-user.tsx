'use client'

import type { ActionResult } from '@/lib/errors'
import { Button } from '../ui/button'
import { useChange } from '../ui/use-change'

type Change = (acsUserId: string) => Promise<ActionResult<null>>

type SuspendAcsUserProps = {
  acsUser: { acsUserId: string; displayName: string; isSuspended: boolean }
  onSuspend: Change
  onUnsuspend: Change
}

/** Suspends an ACS user or lifts its suspension; either can be undone. */
export function SuspendAcsUser({ acsUser, onSuspend, onUnsuspend }: SuspendAcsUserProps) {
  const { pending, carryOut } = useChange()
  const { acsUserId, displayName, isSuspended } = acsUser
  const suspended = `Suspended ${displayName}: no door opens.`
  const unsuspended = `Lifted the suspension of ${displayName}.`
  return (
    <Button
      pending={pending}
      onClick={() =>
        carryOut(
          isSuspended
            ? { action: () => onUnsuspend(acsUserId), done: unsuspended, undone: suspended }
            : { action: () => onSuspend(acsUserId), done: suspended, undone: unsuspended },
        )
      }
    >
      {isSuspended ? 'Lift suspension' : 'Suspend'}
    </Button>
  )
}
