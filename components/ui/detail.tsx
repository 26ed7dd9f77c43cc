import clsx from 'clsx'
import type { ReactNode } from 'react'
import { CopyButton } from './copy-button'

type DetailProps = {
  name: string
  /** A text, shown with a button that copies it; null says that there is none. */
  value?: string | null
  mono?: boolean
  /** What is shown instead of the value. */
  children?: ReactNode
}

/** One fact in a description list. */
export function Detail({ name, value, mono = false, children }: DetailProps) {
  const shown = children ?? value
  return (
    <div className="min-w-0">
      <dt className="text-muted text-xs">{name}</dt>
      <dd className="flex min-h-7 items-center gap-1 text-sm">
        {shown ? (
          <bdi className={clsx('min-w-0 [overflow-wrap:anywhere]', mono ? 'font-mono' : 'tabular')}>{shown}</bdi>
        ) : (
          <span className="text-muted">None</span>
        )}
        {value && <CopyButton value={value} name={name.toLowerCase()} />}
      </dd>
    </div>
  )
}
