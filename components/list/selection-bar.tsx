import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { IconButton } from '../ui/icon-button'

/** What can be done with the rows that are selected; floats above the list and moves no row. */
export function SelectionBar({
  count,
  onClear,
  children,
}: {
  count: number
  onClear: () => void
  children: ReactNode
}) {
  return (
    <section
      aria-label="Selection"
      className="fixed inset-x-0 bottom-6 z-30 mx-auto flex w-fit items-center gap-2 rounded-lg border border-line bg-raised py-2 pr-2 pl-4 shadow-float max-[899px]:bottom-20"
    >
      <p role="status" className="tabular mr-2 text-sm">
        {count} selected
      </p>
      {children}
      <IconButton label="Clear the selection" onClick={onClear}>
        <X aria-hidden className="size-4" />
      </IconButton>
    </section>
  )
}
