import clsx from 'clsx'
import type { ComponentProps } from 'react'

/** How a button looks that is only an icon. It always has an accessible name. */
export function iconButtonClass(className?: string): string {
  return clsx(
    'inline-flex size-7 shrink-0 items-center justify-center rounded-md text-muted transition-colors duration-150 ease-out',
    'hover:bg-hover hover:text-text disabled:opacity-50 pointer-coarse:size-11',
    className,
  )
}

/** A button that is only an icon; `label` is its accessible name and its tooltip. */
export function IconButton({ label, className, ...rest }: ComponentProps<'button'> & { label: string }) {
  return <button type="button" aria-label={label} title={label} {...rest} className={iconButtonClass(className)} />
}
