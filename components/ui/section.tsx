import type { ReactNode } from 'react'

/** A titled part of a page, with an anchor of its own. */
export function Section({
  id,
  title,
  aside,
  children,
}: {
  id: string
  title: string
  aside?: ReactNode
  children: ReactNode
}) {
  return (
    <section tabIndex={-1} aria-labelledby={`${id}-title`} id={id} className="scroll-mt-16">
      <div className="mb-2 flex min-h-7 items-center justify-between gap-3">
        <h2 id={`${id}-title`} className="font-semibold text-base">
          {title}
        </h2>
        {aside}
      </div>
      <div className="rounded-lg border border-line bg-surface">{children}</div>
    </section>
  )
}
