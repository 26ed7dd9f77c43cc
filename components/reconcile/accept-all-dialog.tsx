'use client'

import type { QueueParameters } from '@/lib/people/reconcile/list-parameters'
import { type AcceptCertain, CertainDialog } from './certain-dialog'
import { useCertain } from './use-certain'

type AcceptAllDialogProps = {
  parameters: QueueParameters
  systemNames: Map<string, string>
  accept: AcceptCertain
  /** Told once of all that was attached. */
  onDone: (attached: { changeIds: string[]; acsUserIds: string[] }) => void
  onClose: () => void
}

/** Attaches all that is certain in the queue. */
export function AcceptAllDialog({ parameters, ...rest }: AcceptAllDialogProps) {
  return (
    <CertainDialog
      title="Accept all certain matches"
      found={useCertain(parameters, true)}
      words={{ looking: 'Looking through the queue…', nothing: 'Nothing in the queue is certain.' }}
      {...rest}
    />
  )
}
