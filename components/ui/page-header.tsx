import type { ReactNode } from 'react'

/** A page's title with what can be done on the page. */
export function PageHeader({ title, detail, actions }: { title: ReactNode; detail?: ReactNode; actions?: ReactNode }) {
  return (
    <header className="mb-5 flex flex-wrap items-start justify-between gap-x-4 gap-y-3">
      <div className="min-w-0">
        <h1 className="font-semibold text-xl [overflow-wrap:anywhere]">{title}</h1>
        {detail && <div className="mt-0.5 text-muted text-sm">{detail}</div>}
      </div>
      {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
    </header>
  )
}
