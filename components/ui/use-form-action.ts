'use client'

import { unstable_rethrow } from 'next/navigation'
import { type FormEvent, type RefObject, useActionState, useEffect, useRef, useState, useTransition } from 'react'

type FormAction<State> = (previous: Awaited<State>, form: FormData) => State | Promise<State>

/**
 * A form that saves through a server action. With JavaScript a lost connection is one more refusal,
 * and nothing typed is lost; without JavaScript the browser posts the form by itself. After a
 * refusal the first invalid field has the focus.
 *
 * @param failed what to show when the server cannot be reached.
 */
export function useFormAction<State>(
  action: FormAction<State | null>,
  failed: (form: FormData) => State,
): {
  state: State | null
  pending: boolean
  form: {
    ref: RefObject<HTMLFormElement | null>
    action: (form: FormData) => void
    onSubmit: (event: FormEvent<HTMLFormElement>) => void
  }
} {
  // What React posts by itself: without JavaScript, and what was submitted before the page had come alive.
  const [posted, post, posting] = useActionState(action, null)
  const [submitted, setSubmitted] = useState<State | null>(null)
  const [seen, setSeen] = useState(posted)
  if (posted !== seen) {
    setSeen(posted)
    setSubmitted(null)
  }
  const state = submitted ?? posted
  const [submitting, startTransition] = useTransition()
  const pending = submitting || posting
  const ref = useRef<HTMLFormElement>(null)

  useEffect(() => {
    if (state) ref.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus()
  }, [state])

  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (pending) return
    const form = new FormData(event.currentTarget)
    startTransition(async () => {
      let outcome: State | null
      try {
        outcome = await action(null as Awaited<State | null>, form)
      } catch (error) {
        // A redirect travels as an error too.
        unstable_rethrow(error)
        outcome = failed(form)
      }
      startTransition(() => setSubmitted(outcome))
    })
  }
  return { state, pending, form: { ref, action: post, onSubmit } }
}
