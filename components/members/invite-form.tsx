'use client'

import { useEffect } from 'react'
import { invitationDays } from '@/lib/accounts/members/member'
import type { Role } from '@/lib/platform/permissions'
import { type RefusalValue, unreachable } from '@/lib/platform/refusals'
import { ActionForm } from '../ui/action-form'
import { Button, ButtonLink } from '../ui/button'
import { CopyField } from '../ui/copy-field'
import { FormRefusal } from '../ui/form-refusal'
import { Notice } from '../ui/notice'
import { TextField } from '../ui/text-field'
import { useFormAction } from '../ui/use-form-action'
import { RoleField } from './role-field'

/** What came of the form: the link, for the one time that it is seen, or why there is none. */
export type InviteFormState =
  | { kind: 'invited'; email: string | null; link: string; isMailed: boolean }
  | { kind: 'refused'; email: string; role: Role; refusal: RefusalValue }
  | null

export type InviteFormProps = {
  onInvite: (previous: InviteFormState, form: FormData) => Promise<InviteFormState>
  /** Whether an invitation for an email address is sent there. */
  sendsMail: boolean
  /** Told when the link is on the screen. */
  onInvited?: () => void
  /** What leaves the form; without it, links that lead to the list. */
  onClose?: () => void
}

const listHref = '/settings/members'
const notReached = (form: FormData): InviteFormState => ({
  kind: 'refused',
  email: String(form.get('email') ?? ''),
  role: form.get('role') as Role,
  refusal: unreachable,
})

/** Asks for a role, then shows the link by which somebody joins. A plain form without JavaScript. */
export function InviteForm({ onInvite, sendsMail, onInvited, onClose }: InviteFormProps) {
  const { state, pending, form } = useFormAction<InviteFormState>(onInvite, notReached)
  const isInvited = state?.kind === 'invited'
  useEffect(() => {
    if (isInvited) onInvited?.()
  }, [isInvited, onInvited])

  if (state?.kind === 'invited') {
    const leave = state.isMailed ? 'Done' : 'I have copied the link'
    return (
      <div className="flex flex-col gap-4">
        {state.isMailed && (
          <Notice tone="info">
            The invitation is being sent to <span className="[overflow-wrap:anywhere]">{state.email}</span>. The list of
            open invitations says when it has left.
          </Notice>
        )}
        <CopyField label="Invitation link" value={state.link} name="invitation link" focused />
        {state.isMailed ? (
          <p className="text-muted text-sm">
            The same link, to hand over yourself if you like. It works once, for {invitationDays} days, and will not be
            shown again.
          </p>
        ) : (
          <Notice tone="warning">
            Send it to {state.email ?? 'the person you invite'} yourself. It works once, for {invitationDays} days, and
            will not be shown again.
            {state.email === null && ' Whoever has the link can join.'}
          </Notice>
        )}
        <div className="flex justify-end">
          {onClose ? (
            <Button variant="primary" onClick={onClose}>
              {leave}
            </Button>
          ) : (
            <ButtonLink variant="primary" href={listHref}>
              {leave}
            </ButtonLink>
          )}
        </div>
      </div>
    )
  }

  const errors = state?.refusal.fields
  return (
    <ActionForm {...form} className="flex flex-col gap-4" noValidate>
      <FormRefusal refusal={state?.refusal} />
      <TextField
        label="Email address"
        name="email"
        type="email"
        autoComplete="off"
        placeholder="sam@example.com"
        defaultValue={state?.email}
        errors={errors?.email}
        help={
          sendsMail
            ? 'Optional. With it, the invitation is sent there, and only who signs in with this address can accept.'
            : 'Optional. With it, only who signs in with this address can accept.'
        }
      />
      <RoleField chosen={state?.role ?? 'support'} errors={errors?.role} />
      <div className="flex justify-end gap-2">
        {onClose ? <Button onClick={onClose}>Cancel</Button> : <ButtonLink href={listHref}>Cancel</ButtonLink>}
        <Button type="submit" variant="primary" pending={pending}>
          {pending ? 'Creating…' : sendsMail ? 'Create invitation' : 'Create invitation link'}
        </Button>
      </div>
    </ActionForm>
  )
}
