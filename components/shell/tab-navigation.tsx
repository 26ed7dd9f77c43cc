'use client'

import { clsx } from 'clsx'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { PendingNavigation } from './pending-navigation'

export type Tab = {
  href: string
  name: string
  skeleton: 'list' | 'page'
  /** Whether only this very address is its place, and none below it. */
  exact?: boolean
  /** Left out where the sidebar has the same link. */
  onlyWithoutSidebar?: boolean
}

/** The pages of one thing, as tabs with addresses; the present one is scrolled to. */
export function TabNavigation({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  const path = usePathname()
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => {
    const current = path && list.current?.querySelector('[aria-current=page]')
    if (current) current.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [path])
  return (
    <nav aria-label={label} className="mb-6 border-line border-b max-sm:-mx-4">
      <ul ref={list} className="-mb-px flex gap-5 overflow-x-auto whitespace-nowrap max-sm:px-4">
        {tabs.map(({ href, name, skeleton, exact, onlyWithoutSidebar }) => {
          const current = exact ? path === href : path === href || path.startsWith(`${href}/`)
          return (
            <li key={href} className={clsx(onlyWithoutSidebar && 'min-[900px]:hidden')}>
              <Link
                href={href}
                aria-current={current ? 'page' : undefined}
                className={clsx(
                  'inline-flex h-9 items-center border-b-2 px-1 text-sm transition-colors duration-150 ease-out pointer-coarse:h-11',
                  current ? 'border-accent font-medium' : 'border-transparent text-muted hover:text-text',
                )}
              >
                {name}
                <PendingNavigation to={skeleton} />
              </Link>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}
