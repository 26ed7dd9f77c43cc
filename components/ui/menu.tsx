'use client'

import { Menu as BaseMenu } from '@base-ui/react/menu'
import { clsx } from 'clsx'
import type { ComponentProps, ReactNode } from 'react'

/** The button that opens a menu: how it reads and looks, and what it shows. */
export type MenuTrigger = { label: string; className: string; trigger: ReactNode }

type MenuProps = MenuTrigger & { align?: 'start' | 'end'; children: ReactNode }

/** A menu of actions behind a button. It opens as it appears: its button was pressed before it was loaded. */
export function Menu({ label, className, trigger, align = 'start', children }: MenuProps) {
  return (
    <BaseMenu.Root defaultOpen>
      <BaseMenu.Trigger aria-label={label} className={className}>
        {trigger}
      </BaseMenu.Trigger>
      <BaseMenu.Portal>
        <BaseMenu.Positioner align={align} sideOffset={4} className="z-50">
          <BaseMenu.Popup className="min-w-52 max-w-72 rounded-md border border-line bg-raised p-1 shadow-float outline-none transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0">
            {children}
          </BaseMenu.Popup>
        </BaseMenu.Positioner>
      </BaseMenu.Portal>
    </BaseMenu.Root>
  )
}

/** How an entry of a menu looks, also one that is a link. */
const menuItemClass =
  'flex h-8 w-full items-center gap-2 rounded-sm px-2 text-left text-sm outline-none data-highlighted:bg-hover pointer-coarse:h-11'

export function MenuItem({ className, ...rest }: ComponentProps<typeof BaseMenu.Item>) {
  return <BaseMenu.Item {...rest} className={clsx(menuItemClass, className as string | undefined)} />
}

export function MenuGroup({ label, children }: { label: string; children: ReactNode }) {
  return (
    <BaseMenu.Group>
      <BaseMenu.GroupLabel className="px-2 pt-1.5 pb-1 text-muted text-xs">{label}</BaseMenu.GroupLabel>
      {children}
    </BaseMenu.Group>
  )
}

export function MenuSeparator() {
  return <BaseMenu.Separator className="-mx-1 my-1 h-px bg-line" />
}

/** One of several choices in a menu; the chosen one is marked. */
export function MenuRadioItem({ children, ...rest }: ComponentProps<typeof BaseMenu.RadioItem>) {
  return (
    <BaseMenu.RadioItem {...rest} className={menuItemClass}>
      <span className="min-w-0 flex-1 truncate">{children}</span>
      <BaseMenu.RadioItemIndicator className="text-accent">✓</BaseMenu.RadioItemIndicator>
    </BaseMenu.RadioItem>
  )
}

export const MenuRadioGroup = BaseMenu.RadioGroup
