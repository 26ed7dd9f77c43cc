'use client'

import { useEffect, useState } from 'react'
import { Button } from './button'
import { receiveToasts, type ToastMessage } from './toast'

/** Shows the latest message where the toaster itself could not be loaded. */
export function PlainToaster() {
  const [message, setMessage] = useState<ToastMessage | null>(null)
  useEffect(() => receiveToasts(setMessage), [])
  return (
    <div role="alert" className="fixed right-3 bottom-3 left-3 z-60 max-[899px]:bottom-18 sm:left-auto sm:w-96">
      {message && (
        <div className="flex items-center gap-2 rounded-md border border-line bg-raised py-2 pr-2 pl-3.5 text-sm shadow-float">
          <p className="min-w-0 flex-1">{message.text}</p>
          <Button size="small" onClick={() => setMessage(null)}>
            Dismiss
          </Button>
        </div>
      )}
    </div>
  )
}
