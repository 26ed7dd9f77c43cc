'use client'

import dynamic from 'next/dynamic'
import { type ReactNode, useEffect, useState } from 'react'

export type ToastMessage = { text: ReactNode; isError: boolean; undo?: () => void }

// Loaded with the first toast: most pages are left without one.
const Toaster = dynamic(() => import('./toaster'), { ssr: false })

const openingEvent = 'keyholder:toast'
const waiting: ToastMessage[] = []
let deliver: ((message: ToastMessage) => void) | undefined

function post(message: ToastMessage): void {
  if (deliver) {
    deliver(message)
    return
  }
  waiting.push(message)
  window.dispatchEvent(new Event(openingEvent))
}

/** Says what happened, and offers to take it back. Stays while it is hovered or focused; is announced. */
export function showToast(text: ReactNode, undo?: () => void): void {
  post({ text, undo, isError: false })
}

/** Says what went wrong; announced at once. */
export function showErrorToast(text: ReactNode): void {
  post({ text, isError: true })
}

/** For the toaster, once it is there: takes what waits and what comes. */
export function receiveToasts(receiver: (message: ToastMessage) => void): () => void {
  deliver = receiver
  for (const message of waiting.splice(0)) receiver(message)
  return () => {
    deliver = undefined
  }
}

/** Where toasts appear; once per page. */
export function ToastHost() {
  const [wanted, setWanted] = useState(false)
  useEffect(() => {
    const onOpening = () => setWanted(true)
    window.addEventListener(openingEvent, onOpening)
    if (waiting.length > 0) onOpening()
    return () => window.removeEventListener(openingEvent, onOpening)
  }, [])
  return wanted ? <Toaster /> : null
}
