'use client'

import { clsx } from 'clsx'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { PendingNavigation } from '../shell/pending-navigation'

const places = [
  { href: '/settings/workspace', name: 'Workspace', skeleton: 'page' },
  { href: '/settings/members', name: 'Members', skeleton: 'list' },
  { href: '/settings/api-keys', name: 'API keys', skeleton: 'list' },
  { href: '/settings/webhooks', name: 'Webhooks', skeleton: 'list' },
  { href: '/settings/account', name: 'Account', skeleton: 'page' },
] as const

const tabClass =
  'inline-flex h-9 items-center border-b-2 px-1 text-sm transition-colors duration-150 ease-out pointer-coarse:h-11'

/** The pages of the settings. On a phone the API reference stands here too: the bar below has no room for it. */
export function SettingsNavigation() {
  const path = usePathname()
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => {
    const current = path && list.current?.querySelector('[aria-current=page]')
    if (current) current.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [path])
  return (
    <nav aria-label="Settings" className="mb-6 border-line border-b max-sm:-mx-4">
      <ul ref={list} className="-mb-px flex gap-5 overflow-x-auto whitespace-nowrap max-sm:px-4">
        {places.map(({ href, name, skeleton }) => {
          const current = path.startsWith(href)
          return (
            <li key={href}>
              <Link
                href={href}
                aria-current={current ? 'page' : undefined}
                className={clsx(
                  tabClass,
                  current ? 'border-accent font-medium' : 'border-transparent text-muted hover:text-text',
                )}
              >
                {name}
                <PendingNavigation to={skeleton} />
              </Link>
            </li>
          )
        })}
        <li className="min-[900px]:hidden">
          <Link href="/api-reference" className={clsx(tabClass, 'border-transparent text-muted hover:text-text')}>
            API reference
            <PendingNavigation to="page" />
          </Link>
        </li>
      </ul>
    </nav>
  )
}
