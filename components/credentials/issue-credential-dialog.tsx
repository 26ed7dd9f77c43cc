'use client'

import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { IssueOption } from '@/lib/access/credentials/queries'
import type { ActionResult, RefusalValue } from '@/lib/platform/refusals'
import { CheckList } from '../ui/check-list'
import { Dialog } from '../ui/dialog'
import { DialogForm } from '../ui/dialog-form'
import { fetchJson } from '../ui/fetch-json'
import { endOfMonth, fromLocal, toLocal } from '../ui/local-moment'
import { MomentField, TimeZoneNote } from '../ui/moment-field'
import { Notice } from '../ui/notice'
import { useChange } from '../ui/use-change'
import { useNow } from '../ui/viewer-time'

export type IssueCredential = (credential: {
  acsUserId: string
  startsAt: string | null
  endsAt: string | null
  acsEntranceIds: string[]
}) => Promise<ActionResult<null>>

type IssueCredentialDialogProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  /** Whose ACS users can be chosen; or the only one. */
  holder: { userIdentityId: string } | { acsUserId: string }
  /** A door that the credential is for: it is ticked where the vendor takes doors. */
  door?: { acsEntranceId: string }
  onIssue: IssueCredential
}

/** Issues a mobile credential: for which ACS user, for how long and, where the vendor takes them, for which doors. */
export function IssueCredentialDialog({ open, onOpenChange, holder, door, onIssue }: IssueCredentialDialogProps) {
  const address = new URLSearchParams(
    'acsUserId' in holder ? { acs_user: holder.acsUserId } : { identity: holder.userIdentityId },
  )
  const { data: options, error } = useQuery({
    queryKey: ['issue-options', address.toString()],
    queryFn: ({ signal }) => fetchJson<IssueOption[]>(`/data/acs-users/issue-options?${address}`, signal),
    enabled: open,
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
  })
  const possible = options?.filter(({ refusal }) => refusal === null) ?? []
  const [chosenId, setChosenId] = useState<string | null>(null)
  const chosen = possible.find(({ acsUserId }) => acsUserId === chosenId) ?? possible[0]
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Issue a mobile credential">
      {!options || !chosen ? (
        <div aria-busy={!options && !error} className="min-h-40 px-5 pt-3 pb-5 text-sm">
          {error ? (
            <Notice tone="danger">{error.message}</Notice>
          ) : options ? (
            <NotPossible options={options} />
          ) : (
            <p className="text-muted">Loading…</p>
          )}
        </div>
      ) : (
        <IssueForm
          // Another ACS user has a schedule and doors of its own.
          key={chosen.acsUserId}
          options={options}
          chosen={chosen}
          onChoose={setChosenId}
          door={door}
          onIssue={onIssue}
          onClose={() => onOpenChange(false)}
        />
      )}
    </Dialog>
  )
}

function NotPossible({ options }: { options: IssueOption[] }) {
  if (options.length === 0) return <p>No ACS user is attached: attach one first.</p>
  return (
    <>
      <p className="mb-2">No mobile key can be issued:</p>
      <ul className="flex flex-col gap-1 text-muted">
        {options.map((option) => (
          <li key={option.acsUserId}>
            {option.acsSystemName}: {option.refusal}
          </li>
        ))}
      </ul>
    </>
  )
}

type IssueFormProps = Pick<IssueCredentialDialogProps, 'door' | 'onIssue'> & {
  options: IssueOption[]
  chosen: IssueOption
  onChoose: (acsUserId: string) => void
  onClose: () => void
}

function IssueForm({ options, chosen, onChoose, door, onIssue, onClose }: IssueFormProps) {
  const now = useNow()
  const [startsAt, setStartsAt] = useState(() => toLocal(chosen.accessStartsAt))
  const [endsAt, setEndsAt] = useState(() => toLocal(chosen.accessEndsAt))
  const [doors, setDoors] = useState<ReadonlySet<string>>(
    () => new Set(chosen.entrances.filter(({ acsEntranceId }) => acsEntranceId === door?.acsEntranceId).map(idOf)),
  )
  const [refusal, setRefusal] = useState<RefusalValue | null>(null)
  const { pending, carryOut } = useChange()
  const form = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // The dialog opened without fields: the focus went to its close button.
    if (!(document.activeElement instanceof HTMLInputElement)) form.current?.querySelector('input')?.focus()
  }, [])
  const issue = () =>
    carryOut({
      action: () =>
        onIssue({
          acsUserId: chosen.acsUserId,
          startsAt: fromLocal(startsAt, chosen.accessStartsAt),
          endsAt: fromLocal(endsAt, chosen.accessEndsAt),
          acsEntranceIds: [...doors],
        }),
      done: `Issued a mobile credential in ${chosen.acsSystemName}.`,
      undone: `The mobile credential in ${chosen.acsSystemName} is revoked again.`,
      refused: setRefusal,
      after: onClose,
    })
  return (
    <div ref={form}>
      <DialogForm onSubmit={issue} onCancel={onClose} pending={pending} submitLabel="Issue" refusal={refusal}>
        {options.length > 1 ? (
          <fieldset>
            <legend className="mb-1 font-medium text-sm">For which ACS user</legend>
            <div className="max-h-44 overflow-y-auto rounded-md border border-line">
              {options.map((option) => (
                <label
                  key={option.acsUserId}
                  className="flex items-start gap-2.5 px-3 py-1.5 text-sm pointer-coarse:min-h-11"
                >
                  <input
                    type="radio"
                    name="acs_user_id"
                    checked={option.acsUserId === chosen.acsUserId}
                    disabled={option.refusal !== null}
                    onChange={() => onChoose(option.acsUserId)}
                    className="mt-0.5 size-4 shrink-0 accent-accent"
                  />
                  <span className="min-w-0">
                    <span className="block truncate">
                      {option.acsSystemName} · <bdi>{option.acsUserName}</bdi>
                    </span>
                    {option.refusal && <span className="block text-muted text-xs">{option.refusal}</span>}
                  </span>
                </label>
              ))}
            </div>
          </fieldset>
        ) : (
          <p className="text-muted text-sm">
            For <bdi className="font-medium text-text">{chosen.acsUserName}</bdi> in {chosen.acsSystemName}
          </p>
        )}
        <MomentField
          label="Valid from"
          value={startsAt}
          onValueChange={setStartsAt}
          siteTimeZone={chosen.timeZone}
          errors={refusal?.fields?.starts_at}
          choices={[{ label: 'At once', moment: null }]}
        />
        <MomentField
          label="Valid until"
          value={endsAt}
          onValueChange={setEndsAt}
          siteTimeZone={chosen.timeZone}
          errors={refusal?.fields?.ends_at}
          choices={[
            { label: 'Until the end of the month', moment: endOfMonth(now) },
            { label: 'No end', moment: null },
          ]}
        />
        <TimeZoneNote />
        {chosen.entrances.length > 0 && (
          <div>
            <p className="mb-1 font-medium text-sm">Doors of its own</p>
            <CheckList
              label="Doors of its own"
              items={chosen.entrances.map(({ acsEntranceId, displayName }) => ({
                id: acsEntranceId,
                name: displayName,
                checked: doors.has(acsEntranceId),
              }))}
              onCheck={(id, checked) => {
                const next = new Set(doors)
                if (checked) next.add(id)
                else next.delete(id)
                setDoors(next)
              }}
              error={null}
              empty=""
            />
          </div>
        )}
      </DialogForm>
    </div>
  )
}

const idOf = ({ acsEntranceId }: { acsEntranceId: string }) => acsEntranceId
