'use client'

import { Toast } from '@base-ui/react/toast'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { buttonClass } from './button'
import { iconButtonClass } from './icon-button'

const manager = Toast.createToastManager()

const shownFor = 8000

/** Says what happened, and offers to take it back. Stays while it is hovered or focused; is announced. */
export function showToast(message: ReactNode, undo?: () => void): void {
  const id = manager.add({
    title: message,
    timeout: shownFor,
    actionProps: undo && {
      children: 'Undo',
      onClick: () => {
        manager.close(id)
        undo()
      },
    },
  })
}

/** Says what went wrong; announced at once. */
export function showErrorToast(message: ReactNode): void {
  manager.add({ title: message, type: 'error', priority: 'high', timeout: shownFor })
}

/** Where toasts appear; once per page. */
export function Toaster() {
  return (
    <Toast.Provider toastManager={manager} limit={4}>
      <Toast.Portal>
        <Toast.Viewport className="fixed right-3 bottom-3 left-3 z-60 flex flex-col gap-2 sm:left-auto sm:w-96 max-sm:bottom-16">
          <ToastList />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  )
}

function ToastList() {
  const { toasts } = Toast.useToastManager()
  return toasts.map((toast) => (
    <Toast.Root
      key={toast.id}
      toast={toast}
      className="rounded-md border border-line bg-raised shadow-float transition-[opacity,translate] duration-150 ease-out data-ending-style:opacity-0 data-limited:hidden data-starting-style:translate-y-2 data-starting-style:opacity-0 data-[type=error]:border-danger"
    >
      <Toast.Content className="flex items-center gap-2 py-2 pr-2 pl-3.5">
        <Toast.Title className="min-w-0 flex-1 text-sm [overflow-wrap:anywhere]" />
        <Toast.Action className={buttonClass({ size: 'small' })} />
        <Toast.Close aria-label="Dismiss" className={iconButtonClass()}>
          <X aria-hidden className="size-3.5" />
        </Toast.Close>
      </Toast.Content>
    </Toast.Root>
  ))
}
