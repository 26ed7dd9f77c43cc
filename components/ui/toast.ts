import type { ReactNode } from 'react'

export type ToastMessage = { text: ReactNode; isError: boolean; undo?: () => void }

type Receiver = (message: ToastMessage) => void

const waiting: ToastMessage[] = []
let receive: Receiver | undefined
let wanted: (() => void) | undefined

function post(message: ToastMessage): void {
  if (receive) {
    receive(message)
    return
  }
  waiting.push(message)
  wanted?.()
}

/** Says what happened, and offers to take it back. Stays while it is hovered or focused; is announced. */
export function showToast(text: ReactNode, undo?: () => void): void {
  post({ text, undo, isError: false })
}

/** Says what went wrong; announced at once. */
export function showErrorToast(text: ReactNode): void {
  post({ text, isError: true })
}

/** For the toaster: takes what waits and what comes, until the returned function is called. */
export function receiveToasts(receiver: Receiver): () => void {
  receive = receiver
  for (const message of waiting.splice(0)) receiver(message)
  return () => {
    receive = undefined
  }
}

/** For the toaster's host: is told when there is something to show and nobody to show it. */
export function whenToasterIsWanted(callback: () => void): () => void {
  wanted = callback
  if (waiting.length > 0) callback()
  return () => {
    wanted = undefined
  }
}
