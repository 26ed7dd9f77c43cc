'use client'

import { CalendarClock, Smartphone, Users } from 'lucide-react'
import { Menu, MenuItem, type MenuTrigger } from '../ui/menu'

/** What the menu opens. */
export type AcsUserDialog = 'schedule' | 'groups' | 'credential'

type AcsUserMenuProps = MenuTrigger & {
  hasProfile: boolean
  hasCredentials: boolean
  onChoose: (dialog: AcsUserDialog) => void
}

/** What else can be done with an ACS user. */
export default function AcsUserMenu({ hasProfile, hasCredentials, onChoose, ...look }: AcsUserMenuProps) {
  return (
    <Menu {...look} align="end">
      {hasProfile && (
        <>
          <MenuItem onClick={() => onChoose('schedule')}>
            <CalendarClock aria-hidden className="size-4 text-muted" />
            Access schedule…
          </MenuItem>
          <MenuItem onClick={() => onChoose('groups')}>
            <Users aria-hidden className="size-4 text-muted" />
            Access groups…
          </MenuItem>
        </>
      )}
      {hasCredentials && (
        <MenuItem onClick={() => onChoose('credential')}>
          <Smartphone aria-hidden className="size-4 text-muted" />
          Issue mobile credential…
        </MenuItem>
      )}
    </Menu>
  )
}
