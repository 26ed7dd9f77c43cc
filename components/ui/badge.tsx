import clsx from 'clsx'
import { AlertTriangle, Ban, CheckCircle2, CircleDashed, Clock } from 'lucide-react'
import type { ReactNode } from 'react'

export type Tone = 'neutral' | 'success' | 'warning' | 'danger' | 'waiting'

const icons = { neutral: CircleDashed, success: CheckCircle2, warning: AlertTriangle, danger: Ban, waiting: Clock }

/** A state in a word or two, with a shape beside it so that colour is never all there is. */
export function Badge({ tone, children }: { tone: Tone; children: ReactNode }) {
  const Icon = icons[tone]
  return (
    <span
      className={clsx(
        'inline-flex h-5 items-center gap-1 whitespace-nowrap rounded-sm px-1.5 font-medium text-xs',
        (tone === 'neutral' || tone === 'waiting') && 'bg-hover text-muted',
        tone === 'success' && 'bg-success-soft text-success',
        tone === 'warning' && 'bg-warning-soft text-warning',
        tone === 'danger' && 'bg-danger-soft text-danger',
      )}
    >
      <Icon aria-hidden className="size-3" />
      {children}
    </span>
  )
}
