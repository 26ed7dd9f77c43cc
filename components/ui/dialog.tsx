'use client'

import { Dialog as BaseDialog } from '@base-ui/react/dialog'
import { clsx } from 'clsx'
import { X } from 'lucide-react'
import { type ReactNode, type RefObject, useRef } from 'react'
import { iconButtonClass } from './icon-button'

type DialogProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  description?: ReactNode
  /** `wide` for lists to choose from. */
  width?: 'regular' | 'wide'
  /** What gets the focus; by default the first field. */
  initialFocus?: RefObject<HTMLElement | null>
  /** Whether only what is inside closes it: nothing is lost by a slip of the hand. */
  staysOpen?: boolean
  children: ReactNode
}

/** A modal dialog. Escape and the backdrop close it; the focus goes back to where it was. */
export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  width = 'regular',
  initialFocus,
  staysOpen = false,
  children,
}: DialogProps) {
  const popup = useRef<HTMLDivElement>(null)
  const firstField = () =>
    popup.current?.querySelector<HTMLElement>('input:not([type=hidden]), select, textarea') ?? true
  return (
    <BaseDialog.Root open={open} onOpenChange={(next) => !staysOpen && onOpenChange(next)}>
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className="fixed inset-0 z-40 bg-scrim transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <BaseDialog.Viewport className="fixed inset-0 z-50 flex items-start justify-center overflow-y-auto overscroll-contain p-3 sm:pt-[10vh]">
          <BaseDialog.Popup
            ref={popup}
            initialFocus={initialFocus ?? firstField}
            className={clsx(
              'w-full rounded-lg border border-line bg-raised shadow-float outline-none',
              'transition-[opacity,translate] duration-150 ease-out data-ending-style:opacity-0 data-starting-style:-translate-y-1 data-starting-style:opacity-0',
              width === 'regular' ? 'max-w-md' : 'max-w-xl',
            )}
          >
            <div className="flex items-start justify-between gap-4 px-5 pt-4">
              <div className="min-w-0">
                <BaseDialog.Title className="font-semibold text-lg">{title}</BaseDialog.Title>
                {description && (
                  <BaseDialog.Description className="mt-0.5 text-muted text-sm">{description}</BaseDialog.Description>
                )}
              </div>
              {!staysOpen && (
                <BaseDialog.Close aria-label="Close" className={iconButtonClass('-mr-2')}>
                  <X aria-hidden className="size-4" />
                </BaseDialog.Close>
              )}
            </div>
            {children}
          </BaseDialog.Popup>
        </BaseDialog.Viewport>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  )
}
