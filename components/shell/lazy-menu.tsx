'use client'

import { type ReactNode, useState } from 'react'
import type { MenuTrigger } from '../ui/menu'

/** The trigger is the same as the menu's own. */
type LazyMenuProps = MenuTrigger & {
  /** Loads the menu's code, so that it is there when the button is pressed. */
  preload: () => void
  /** The menu, which opens as it appears. */
  children: ReactNode
}

/**
 * A menu's button without the menu: its code comes when somebody reaches for it. Menus are on every
 * page and opened on few.
 */
export function LazyMenu({ label, className, trigger, preload, children }: LazyMenuProps) {
  const [wanted, setWanted] = useState(false)
  if (wanted) return children
  return (
    <button
      type="button"
      aria-label={label}
      aria-haspopup="menu"
      aria-expanded={false}
      className={className}
      onPointerEnter={preload}
      onFocus={preload}
      onClick={() => setWanted(true)}
    >
      {trigger}
    </button>
  )
}
