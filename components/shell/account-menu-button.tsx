'use client'

import dynamic from 'next/dynamic'
import { Avatar } from '../ui/avatar'
import { failedToLoad } from '../ui/load-failed'
import type { AccountMenuProps } from './account-menu'
import { LazyMenu } from './lazy-menu'

const load = () => import('./account-menu').catch(failedToLoad)
const AccountMenu = dynamic(load, { ssr: false })

/** Says who is signed in, and opens the menu of their account. */
export function AccountMenuButton(props: AccountMenuProps) {
  const look = {
    label: `Account: ${props.name}`,
    className: props.compact
      ? 'flex size-11 items-center justify-center rounded-md hover:bg-hover'
      : 'flex h-10 w-full min-w-0 items-center gap-2 rounded-md px-2 text-left hover:bg-hover',
    trigger: (
      <>
        <Avatar id={props.userId} name={props.name} />
        {!props.compact && <span className="min-w-0 flex-1 truncate text-sm">{props.name}</span>}
      </>
    ),
  }
  return (
    <LazyMenu {...look} preload={load}>
      <AccountMenu {...props} {...look} />
    </LazyMenu>
  )
}
