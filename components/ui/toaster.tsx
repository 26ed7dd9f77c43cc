'use client'

import { Toast } from '@base-ui/react/toast'
import { X } from 'lucide-react'
import { useEffect } from 'react'
import { buttonClass } from './button'
import { iconButtonClass } from './icon-button'
import { receiveToasts, type ToastMessage } from './toast'

const manager = Toast.createToastManager()

const shownFor = 8000
/** Screen readers announce what is added to a live region only once they know the region (milliseconds). */
const regionSettles = 150

function add({ text, isError, undo }: ToastMessage): void {
  const id = manager.add({
    title: text,
    type: isError ? 'error' : undefined,
    priority: isError ? 'high' : 'low',
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

/** The toasts, in a corner; on a phone above the navigation. */
export default function Toaster() {
  useEffect(() => {
    let stop: (() => void) | undefined
    const timer = setTimeout(() => {
      stop = receiveToasts(add)
    }, regionSettles)
    return () => {
      clearTimeout(timer)
      stop?.()
    }
  }, [])
  return (
    <Toast.Provider toastManager={manager} limit={4}>
      <Toast.Portal>
        <Toast.Viewport className="fixed right-3 bottom-3 left-3 z-60 flex flex-col gap-2 max-[899px]:bottom-18 sm:left-auto sm:w-96">
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
      data-toast
      className="rounded-md border border-line bg-raised shadow-float transition-[opacity,translate] duration-150 ease-out data-[type=error]:border-danger data-limited:hidden data-starting-style:translate-y-2 data-ending-style:opacity-0 data-starting-style:opacity-0"
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
