import clsx from 'clsx'
import Link from 'next/link'
import type { ComponentProps } from 'react'

type Look = {
  /** `primary`: the one thing to do here; `danger`: destroys something. */
  variant?: 'primary' | 'secondary' | 'ghost' | 'danger'
  size?: 'regular' | 'small'
}

/** How a control looks that is pressed, whatever element it is. */
export function buttonClass({ variant = 'secondary', size = 'regular' }: Look = {}, className?: string): string {
  return clsx(
    'inline-flex shrink-0 select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-md font-medium',
    'transition-colors duration-150 ease-out disabled:cursor-not-allowed disabled:opacity-55',
    size === 'regular' ? 'h-8 px-3 text-base pointer-coarse:h-11' : 'h-7 px-2.5 text-sm pointer-coarse:h-11',
    variant === 'primary' && 'bg-accent text-on-accent hover:bg-accent-hover',
    variant === 'secondary' && 'border border-control/60 bg-surface hover:bg-hover',
    variant === 'ghost' && 'text-muted hover:bg-hover hover:text-text',
    variant === 'danger' && 'bg-danger text-on-accent hover:bg-danger-hover',
    className,
  )
}

type ButtonProps = ComponentProps<'button'> & Look & { pending?: boolean }

/** A button. While `pending` it cannot be pressed again, and says so to screen readers. */
export function Button({ variant, size, pending = false, className, disabled, children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      aria-disabled={pending || undefined}
      aria-busy={pending || undefined}
      disabled={disabled}
      onClick={pending ? (event) => event.preventDefault() : rest.onClick}
      className={buttonClass({ variant, size }, clsx(pending && 'cursor-progress opacity-70', className))}
    >
      {children}
    </button>
  )
}

/** A link that looks like a button. */
export function ButtonLink({ variant, size, className, ...rest }: ComponentProps<typeof Link> & Look) {
  return <Link {...rest} className={buttonClass({ variant, size }, className)} />
}
