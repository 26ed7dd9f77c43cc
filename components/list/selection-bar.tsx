import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { formatCount } from '../ui/counts'
import { IconButton } from '../ui/icon-button'

type SelectionBarProps = {
  count: number
  onClear: () => void
  children: ReactNode
}

/** What can be done with the rows that are selected; floats above the list and moves no row. */
export function SelectionBar({ count, onClear, children }: SelectionBarProps) {
  return (
    <section
      aria-label="Selection"
      className="fixed inset-x-0 bottom-6 z-30 mx-auto flex w-fit max-w-[calc(100vw-2rem)] flex-wrap items-center gap-2 rounded-lg border border-line bg-raised py-2 pr-2 pl-4 shadow-float max-[899px]:bottom-20"
    >
      <p role="status" className="tabular mr-2 text-sm">
        {formatCount(count)} selected
      </p>
      {children}
      <IconButton label="Clear the selection" onClick={onClear}>
        <X aria-hidden className="size-4" />
      </IconButton>
    </section>
  )
}
