import clsx from 'clsx'
import { AlertTriangle, CircleAlert, Info } from 'lucide-react'
import type { ReactNode } from 'react'

const icons = { info: Info, warning: AlertTriangle, danger: CircleAlert }

/** A sentence that needs attention, with what to do about it. */
export function Notice({
  tone,
  children,
  action,
}: {
  tone: keyof typeof icons
  children: ReactNode
  action?: ReactNode
}) {
  const Icon = icons[tone]
  return (
    <div
      className={clsx(
        'flex items-start gap-2.5 rounded-md px-3 py-2 text-sm',
        tone === 'info' && 'bg-hover text-text',
        tone === 'warning' && 'bg-warning-soft text-warning',
        tone === 'danger' && 'bg-danger-soft text-danger',
      )}
    >
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0 flex-1">{children}</div>
      {action}
    </div>
  )
}
