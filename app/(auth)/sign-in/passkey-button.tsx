'use client'

import { KeyRound } from 'lucide-react'
import { unstable_rethrow } from 'next/navigation'
import { useState, useTransition } from 'react'
import { usePasskeySupport } from '@/components/account/use-passkey-support'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { unreachable } from '@/lib/platform/refusals'
import { beginWithPasskey, signInWithPasskey } from './passkey-actions'

/** Signs in by a passkey, where the browser can. What that needs is loaded when it is pressed. */
export function PasskeyButton({ next, origin }: { next: string; origin: string }) {
  const isSupported = usePasskeySupport(origin)
  const [refused, setRefused] = useState('')
  const [pending, startTransition] = useTransition()
  if (!isSupported) return null

  const signIn = () =>
    startTransition(async () => {
      setRefused('')
      try {
        const [{ startAuthentication }, begun] = await Promise.all([
          import('@simplewebauthn/browser'),
          beginWithPasskey(),
        ])
        if ('refusal' in begun) {
          startTransition(() => setRefused(begun.refusal.message))
          return
        }
        const optionsJSON = begun.options
        const response = await startAuthentication({ optionsJSON }).catch(() => null)
        const refusal = response
          ? await signInWithPasskey(response, next)
          : { message: 'No passkey was given. Try again, or sign in with your password.' }
        startTransition(() => setRefused(refusal.message))
      } catch (error) {
        // A redirect travels as an error too.
        unstable_rethrow(error)
        startTransition(() => setRefused(unreachable.message))
      }
    })
  return (
    <div className="mt-4 border-line border-t pt-4">
      <div role="alert" className={refused && 'mb-4'}>
        {refused && <Notice tone="danger">{refused}</Notice>}
      </div>
      <Button pending={pending} onClick={signIn} className="w-full">
        <KeyRound aria-hidden className="size-4" />
        Sign in with a passkey
      </Button>
    </div>
  )
}
