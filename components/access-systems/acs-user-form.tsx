'use client'

import { useState } from 'react'
import type { ActionResult, RefusalValue } from '@/lib/platform/refusals'
import { Button, ButtonLink } from '../ui/button'
import { CheckList } from '../ui/check-list'
import { FormRefusal } from '../ui/form-refusal'
import { fromLocal } from '../ui/local-moment'
import { MomentField, TimeZoneNote } from '../ui/moment-field'
import { TextField } from '../ui/text-field'
import { useChange } from '../ui/use-change'

/** An ACS user to create, as the form has it; blank for what it hasn't. Times are in ISO 8601. */
export type NewAcsUserInput = {
  acsSystemId: string
  fullName: string
  emailAddress: string
  phoneNumber: string
  startsAt: string | null
  endsAt: string | null
  acsAccessGroupIds: string[]
  cardNumber: string
  code: string
}

type AcsUserFormProps = {
  system: { acsSystemId: string; name: string; timeZone: string | null }
  groups: { acsAccessGroupId: string; name: string; acsEntranceIds: string[] }[]
  onAdd: (given: NewAcsUserInput) => Promise<ActionResult<null>>
}

/** A new ACS user: who it is, which doors it may open and when, and with what. */
export function AcsUserForm({ system, groups, onAdd }: AcsUserFormProps) {
  const [startsAt, setStartsAt] = useState('')
  const [endsAt, setEndsAt] = useState('')
  const [chosen, setChosen] = useState<string[]>([])
  const [refusal, setRefusal] = useState<RefusalValue | null>(null)
  const { pending, carryOut } = useChange()
  const errors = refusal?.fields ?? {}
  const place = `/access-systems/${system.acsSystemId}`
  return (
    <form
      noValidate
      className="flex flex-col gap-4 p-4"
      onSubmit={(event) => {
        event.preventDefault()
        if (pending) return
        const form = new FormData(event.currentTarget)
        const typed = (field: string) => String(form.get(field) ?? '').trim()
        carryOut({
          action: () =>
            onAdd({
              acsSystemId: system.acsSystemId,
              fullName: typed('full_name'),
              emailAddress: typed('email_address'),
              phoneNumber: typed('phone_number'),
              startsAt: fromLocal(startsAt),
              endsAt: fromLocal(endsAt),
              acsAccessGroupIds: chosen,
              cardNumber: typed('card_number'),
              code: typed('code'),
            }),
          refused: setRefusal,
        })
      }}
    >
      <FormRefusal refusal={refusal ?? undefined} />
      <TextField label="Full name" name="full_name" autoComplete="off" errors={errors.full_name} />
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label="Email address (optional)"
          name="email_address"
          type="email"
          autoComplete="off"
          errors={errors.email_address}
        />
        <TextField
          label="Phone number (optional)"
          name="phone_number"
          type="tel"
          autoComplete="off"
          errors={errors.phone_number}
        />
      </div>
      <div>
        <p aria-hidden className="mb-1 font-medium text-sm">
          Access groups
        </p>
        <CheckList
          label="Access groups"
          items={groups.map(({ acsAccessGroupId, name, acsEntranceIds }) => ({
            id: acsAccessGroupId,
            name,
            detail: `${acsEntranceIds.length} ${acsEntranceIds.length === 1 ? 'door' : 'doors'}`,
            checked: chosen.includes(acsAccessGroupId),
          }))}
          onCheck={(id, checked) => setChosen(checked ? [...chosen, id] : chosen.filter((one) => one !== id))}
          error={null}
          empty="This access system has no access groups yet."
        />
      </div>
      <div className="grid gap-4 sm:grid-cols-2">
        <MomentField
          label="Access starts (optional)"
          value={startsAt}
          onValueChange={setStartsAt}
          siteTimeZone={system.timeZone}
          errors={errors['access_schedule.starts_at']}
          choices={[]}
        />
        <MomentField
          label="Access ends (optional)"
          value={endsAt}
          onValueChange={setEndsAt}
          siteTimeZone={system.timeZone}
          errors={errors['access_schedule.ends_at']}
          choices={[]}
        />
      </div>
      <TimeZoneNote />
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label="Card or fob number (optional)"
          name="card_number"
          autoComplete="off"
          errors={errors.card_number}
          help="As it’s printed on it."
        />
        <TextField label="Code (optional)" name="code" autoComplete="off" inputMode="numeric" errors={errors.code} />
      </div>
      <div className="flex gap-2">
        <Button type="submit" variant="primary" pending={pending}>
          {pending ? 'Creating…' : 'Create ACS user'}
        </Button>
        <ButtonLink href={place}>Cancel</ButtonLink>
      </div>
    </form>
  )
}
