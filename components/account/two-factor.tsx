'use client'

import { type ReactNode, useEffect } from 'react'
import type { AuthenticatorSetup, TwoFactorStatus } from '@/lib/accounts/proof/two-factor'
import { type RefusalValue, unreachable } from '@/lib/platform/refusals'
import { ActionForm } from '../ui/action-form'
import { Badge } from '../ui/badge'
import { Button, buttonClass } from '../ui/button'
import { FormRefusal } from '../ui/form-refusal'
import { Section } from '../ui/section'
import { TextField } from '../ui/text-field'
import { showToast } from '../ui/toast'
import { useFormAction } from '../ui/use-form-action'
import { AuthenticatorKey } from './authenticator-key'
import { EndOthers } from './end-others'
import { LeaveLink } from './leave-link'
import { OwnerProof } from './owner-proof'
import { RecoveryCodes } from './recovery-codes'

type Refused = { kind: 'refused'; refusal: RefusalValue }

export type BeginState = { kind: 'begun'; setup: AuthenticatorSetup } | Refused | null
/** A refused form without JavaScript has nothing but what it gives back: so also the setup. */
export type ConfirmState = { kind: 'codes'; codes: string[] } | (Refused & { setup: AuthenticatorSetup | null }) | null
export type RenewState = { kind: 'codes'; codes: string[] } | Refused | null
export type TurnOffState = { kind: 'off' } | Refused | null

type Action<State> = (previous: State, form: FormData) => Promise<State>

type TwoFactorProps = {
  status: TwoFactorStatus
  onBegin: Action<BeginState>
  onConfirm: Action<ConfirmState>
  onRenew: Action<RenewState>
  onTurnOff: Action<TurnOffState>
}

const notReached = (): Refused => ({ kind: 'refused', refusal: unreachable })

/**
 * Turns two-factor authentication on and off. All of its forms are of this one component, so that each
 * still knows without JavaScript what came of it.
 */
export function TwoFactor({ status, onBegin, onConfirm, onRenew, onTurnOff }: TwoFactorProps) {
  const begin = useFormAction<BeginState>(onBegin, notReached)
  const confirm = useFormAction<ConfirmState>(onConfirm, () => ({ ...notReached(), setup: null }))
  const renew = useFormAction<RenewState>(onRenew, notReached)
  const turnOff = useFormAction<TurnOffState>(onTurnOff, notReached)
  useEffect(() => {
    if (turnOff.state?.kind === 'off') showToast('Two-factor authentication is off.')
  }, [turnOff.state])

  const shown = [confirm.state, renew.state].find((state) => state?.kind === 'codes')
  if (shown?.kind === 'codes') {
    return (
      <TwoFactorSection isOn>
        <RecoveryCodes codes={shown.codes} isFirst={shown === confirm.state} />
      </TwoFactorSection>
    )
  }

  if (status.isOn) {
    return (
      <TwoFactorSection isOn>
        <div className="flex flex-wrap gap-x-2 gap-y-4 p-4">
          <p className="basis-full text-sm">
            After your password you are asked for a code of your app.{' '}
            {status.recoveryCodesLeft === 0
              ? 'No recovery code is left: make new ones before you need them.'
              : `Without your phone you get in by a recovery code; ${status.recoveryCodesLeft} of them ${status.recoveryCodesLeft === 1 ? 'is' : 'are'} left.`}
          </p>
          <Asking label="New recovery codes…" isOpen={renew.state?.kind === 'refused'}>
            <ActionForm {...renew.form} className="flex flex-col gap-4" noValidate>
              <FormRefusal refusal={refusalIn(renew.state)} />
              <p className="text-sm">The codes that you have now stop working.</p>
              <OwnerProof refusal={refusalIn(renew.state)} />
              <EndOthers />
              <div>
                <Button type="submit" variant="primary" pending={renew.pending}>
                  {renew.pending ? 'Making…' : 'Make new codes'}
                </Button>
              </div>
            </ActionForm>
          </Asking>
          <Asking label="Turn off…" isOpen={turnOff.state?.kind === 'refused'}>
            <ActionForm {...turnOff.form} className="flex flex-col gap-4" noValidate>
              <FormRefusal refusal={refusalIn(turnOff.state)} />
              <p className="text-sm">
                Afterwards your password alone is enough to sign in. Your app’s key and your recovery codes are
                forgotten.
              </p>
              <OwnerProof refusal={refusalIn(turnOff.state)} />
              <EndOthers />
              <div>
                <Button type="submit" variant="danger" pending={turnOff.pending}>
                  {turnOff.pending ? 'Turning off…' : 'Turn off two-factor authentication'}
                </Button>
              </div>
            </ActionForm>
          </Asking>
        </div>
      </TwoFactorSection>
    )
  }

  const setup =
    (confirm.state?.kind === 'refused' && confirm.state.setup) || (begin.state?.kind === 'begun' && begin.state.setup)
  if (setup) {
    return (
      <TwoFactorSection isOn={false}>
        <ActionForm {...confirm.form} className="flex max-w-xl flex-col gap-4 p-4" noValidate>
          <FormRefusal refusal={refusalIn(confirm.state)} />
          <AuthenticatorKey setup={setup} />
          <input type="hidden" name="address" value={setup.address} />
          <TextField
            label="Code"
            name="code"
            inputMode="numeric"
            autoComplete="one-time-code"
            className="max-w-60"
            errors={refusalIn(confirm.state)?.fields?.code}
          />
          <EndOthers />
          <div className="flex gap-2">
            <Button type="submit" variant="primary" pending={confirm.pending}>
              {confirm.pending ? 'Checking…' : 'Turn on'}
            </Button>
            <LeaveLink>Cancel</LeaveLink>
          </div>
        </ActionForm>
      </TwoFactorSection>
    )
  }

  return (
    <TwoFactorSection isOn={false}>
      <ActionForm {...begin.form} className="flex max-w-md flex-col gap-4 p-4" noValidate>
        <FormRefusal refusal={refusalIn(begin.state)} />
        <p className="text-sm">
          Ask for a code of an app on your phone after your password, such as 1Password, Google Authenticator or
          Microsoft Authenticator: who learns your password still cannot sign in.
        </p>
        <OwnerProof refusal={refusalIn(begin.state)} />
        <div>
          <Button type="submit" variant="primary" pending={begin.pending}>
            {begin.pending ? 'Beginning…' : 'Set up an app'}
          </Button>
        </div>
      </ActionForm>
    </TwoFactorSection>
  )
}

function TwoFactorSection({ isOn, children }: { isOn: boolean; children: ReactNode }) {
  return (
    <Section
      id="two-factor"
      title="Two-factor authentication"
      aside={isOn ? <Badge tone="success">On</Badge> : <Badge tone="neutral">Off</Badge>}
    >
      {children}
    </Section>
  )
}

const refusalIn = (state: { kind: string; refusal?: RefusalValue } | null) => state?.refusal

/** A form that is there when it is asked for, also without JavaScript. */
function Asking({ label, isOpen, children }: { label: string; isOpen: boolean; children: ReactNode }) {
  return (
    <details open={isOpen} className="open:basis-full">
      <summary className={buttonClass({}, 'cursor-default list-none [&::-webkit-details-marker]:hidden')}>
        {label}
      </summary>
      <div className="max-w-md pt-3 pb-1">{children}</div>
    </details>
  )
}
