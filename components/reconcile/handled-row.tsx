import { CircleCheck, SkipForward } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '../ui/button'
import { formatCount } from '../ui/counts'

type HandledRowProps = {
  displayName: string
  words: ReactNode
  isSkipped: boolean
  /** Takes it back; absent for what others have done. */
  onBack?: () => void
  /** How many rows are taken back with it, this one among them. */
  count?: number
  pending: boolean
}

/** A row that waits no more: what became of it, in a line. */
export function HandledRow({ displayName, words, isSkipped, onBack, count = 1, pending }: HandledRowProps) {
  const Icon = isSkipped ? SkipForward : CircleCheck
  return (
    <li
      aria-label={`${displayName}, ${isSkipped ? 'skipped' : 'done'}`}
      className="flex min-h-11 flex-wrap items-center gap-2 px-4 py-1.5 text-muted text-sm"
    >
      <Icon aria-hidden className={isSkipped ? 'size-4' : 'size-4 text-success'} />
      <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">{words}</span>
      {onBack && (
        <Button
          size="small"
          variant="ghost"
          pending={pending}
          aria-label={isSkipped ? `Show ${displayName} again` : count === 1 ? `Undo for ${displayName}` : undefined}
          onClick={onBack}
        >
          {isSkipped ? 'Show again' : count === 1 ? 'Undo' : `Undo all ${formatCount(count)}`}
        </Button>
      )}
    </li>
  )
}
