import type { ReactNode } from 'react'

/** The link to a row's own page, which covers the row. The table follows it (`use-row-links.ts`). */
export function RowLink({ href, title, children }: { href: string; title: string; children: ReactNode }) {
  return (
    <a
      href={href}
      data-row-link
      title={title}
      className="block truncate font-medium outline-offset-0 after:absolute after:inset-0"
    >
      <bdi>{children}</bdi>
    </a>
  )
}
