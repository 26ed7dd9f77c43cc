'use client'

import type { ActionResult } from '@/lib/platform/refusals'
import { Button } from '../ui/button'
import { Notice } from '../ui/notice'
import { useChange } from '../ui/use-change'
import { ExactTime, useNow } from '../ui/viewer-time'

type MoveOutNoticeProps = {
  person: { userIdentityId: string; displayName: string; movesOutAt: string }
  /** Absent where the viewer may not cancel it. */
  onCancel?: (userIdentityId: string) => Promise<ActionResult<null>>
}

/** Says on a person's page that they move out, or have; a planned move-out can be canceled here. */
export function MoveOutNotice({ person, onCancel }: MoveOutNoticeProps) {
  const { pending, carryOut } = useChange()
  const { userIdentityId, displayName, movesOutAt } = person
  if (new Date(movesOutAt) <= useNow()) {
    return (
      <Notice tone="info">
        Moved out on <ExactTime at={movesOutAt} />.
      </Notice>
    )
  }
  const cancel = onCancel && (
    <Button
      size="small"
      pending={pending}
      onClick={() =>
        carryOut({
          action: () => onCancel(userIdentityId),
          done: `${displayName} stays: the move-out is canceled, and access has no end.`,
          undone: `${displayName} moves out as planned.`,
        })
      }
    >
      Cancel move-out
    </Button>
  )
  return (
    <Notice tone="info" action={cancel}>
      Moves out on <ExactTime at={movesOutAt} />.
    </Notice>
  )
}
