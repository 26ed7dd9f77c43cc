'use client'

import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/browser'
import { createContext, type ReactNode, use, useRef, useState, useTransition } from 'react'
import { type ActionResult, type RefusalValue, unreachable } from '@/lib/platform/refusals'
import { Button } from '../ui/button'
import { TextField } from '../ui/text-field'
import { usePasskeySupport } from './use-passkey-support'

type Ways = {
  /** Whether two-factor authentication is on, so that a code is asked for as well. */
  asksCode: boolean
  /** Whether the account has a passkey. */
  hasPasskey: boolean
  /** Of the address that passkeys are made for; null where it can have none. */
  origin: string | null
  onBegin: () => Promise<ActionResult<PublicKeyCredentialRequestOptionsJSON>>
}

const WaysContext = createContext<Ways | null>(null)

/** Tells every form of the account's page how its owner can prove who they are. */
export function OwnerProofs({ children, ...ways }: Ways & { children: ReactNode }) {
  return <WaysContext value={ways}>{children}</WaysContext>
}

type OwnerProofProps = {
  refusal?: RefusalValue | null
  help?: string
  label?: string
  /** `one`: no code, also where two-factor authentication is on. */
  factors?: 'all' | 'one'
}

/** The fields by which an account's owner proves who they are: password and code, or a passkey instead. */
export function OwnerProof({ refusal, help, label = 'Your password', factors = 'all' }: OwnerProofProps) {
  const ways = use(WaysContext)
  return (
    <>
      <TextField
        label={label}
        name="password"
        type="password"
        autoComplete="current-password"
        help={help}
        errors={refusal?.fields?.password}
      />
      {ways?.asksCode && factors === 'all' && (
        <TextField
          label="Code of your app, or a recovery code"
          name="code"
          autoComplete="one-time-code"
          autoCapitalize="none"
          spellCheck={false}
          className="max-w-60"
          errors={refusal?.fields?.code}
        />
      )}
      {ways?.hasPasskey && <PasskeyInstead {...ways} />}
    </>
  )
}

/** Has the browser answer by a passkey, and sends the form with that. */
function PasskeyInstead({ origin, onBegin }: Ways) {
  const isSupported = usePasskeySupport(origin)
  const answer = useRef<HTMLInputElement>(null)
  const [refused, setRefused] = useState('')
  const [pending, startTransition] = useTransition()
  if (!isSupported) return null
  const prove = async () => {
    const [{ startAuthentication }, begun] = await Promise.all([import('@simplewebauthn/browser'), onBegin()])
    if (!begun.ok) return begun.refusal.message
    const response = await startAuthentication({ optionsJSON: begun.value }).catch(() => null)
    const field = answer.current
    if (!response || !field) return 'No passkey was given. Try again, or enter your password.'
    field.value = JSON.stringify(response)
    field.form?.requestSubmit()
    // It counts once: what is sent next has to prove it anew.
    field.value = ''
    return ''
  }
  const start = () =>
    startTransition(async () => {
      setRefused('')
      const why = await prove().catch(() => unreachable.message)
      startTransition(() => setRefused(why))
    })
  return (
    <div>
      <input ref={answer} type="hidden" name="passkey" />
      <Button size="small" pending={pending} onClick={start}>
        Use a passkey instead
      </Button>
      <div role="alert">{refused && <p className="mt-1 text-danger text-sm">{refused}</p>}</div>
    </div>
  )
}
