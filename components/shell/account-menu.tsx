'use client'

import { useQueryClient } from '@tanstack/react-query'
import { Keyboard, LogOut, UserRound } from 'lucide-react'
import { unstable_rethrow, useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { unreachable } from '@/lib/platform/refusals'
import { Menu, MenuGroup, MenuItem, MenuRadioGroup, MenuRadioItem, MenuSeparator, type MenuTrigger } from '../ui/menu'
import { keepPreference } from '../ui/preference-cookie'
import { showErrorToast } from '../ui/toast'
import { openShortcuts } from './keyboard-shortcuts'
import { type Theme, themeCookie, themes } from './theme'

export type AccountMenuProps = {
  userId: string
  name: string
  email: string
  theme: Theme
  onSignOut: () => Promise<void>
  /** Only the avatar, where there is no room for the name. */
  compact?: boolean
}

const themeNames: Record<Theme, string> = { system: 'As the device', light: 'Light', dark: 'Dark' }

/** Who is signed in, how it looks for them, and the way out. */
export default function AccountMenu(props: AccountMenuProps & MenuTrigger) {
  const { name, email, theme: initialTheme, onSignOut, compact } = props
  const [theme, setTheme] = useState(initialTheme)
  const [, startTransition] = useTransition()
  const queryClient = useQueryClient()
  const router = useRouter()

  const chooseTheme = (chosen: Theme) => {
    setTheme(chosen)
    keepPreference(themeCookie, chosen)
    if (chosen === 'system') delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = chosen
  }

  const signOut = () =>
    startTransition(async () => {
      try {
        // What this admin has seen is not for the next one in this browser.
        queryClient.clear()
        await onSignOut()
      } catch (error) {
        unstable_rethrow(error)
        showErrorToast(unreachable.message)
      }
    })

  return (
    <Menu align={compact ? 'end' : 'start'} label={props.label} className={props.className} trigger={props.trigger}>
      <div className="px-2 py-1.5">
        <p className="truncate font-medium text-sm">{name}</p>
        <p className="truncate text-muted text-xs">{email}</p>
      </div>
      <MenuSeparator />
      <MenuRadioGroup value={theme} onValueChange={chooseTheme}>
        <MenuGroup label="Appearance">
          {themes.map((choice) => (
            <MenuRadioItem key={choice} value={choice}>
              {themeNames[choice]}
            </MenuRadioItem>
          ))}
        </MenuGroup>
      </MenuRadioGroup>
      <MenuSeparator />
      <MenuItem onClick={() => router.push('/settings/account')}>
        <UserRound aria-hidden className="size-3.5 text-muted" />
        Account settings
      </MenuItem>
      <MenuItem onClick={openShortcuts}>
        <Keyboard aria-hidden className="size-3.5 text-muted" />
        Keyboard shortcuts
      </MenuItem>
      <MenuItem onClick={signOut}>
        <LogOut aria-hidden className="size-3.5 text-muted" />
        Sign out
      </MenuItem>
    </Menu>
  )
}
