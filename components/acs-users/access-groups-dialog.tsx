'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { AccessGroupOption } from '@/lib/access/groups/queries'
import type { ActionResult, RefusalValue } from '@/lib/platform/refusals'
import { CheckList } from '../ui/check-list'
import { Dialog } from '../ui/dialog'
import { DialogForm } from '../ui/dialog-form'
import { fetchJson } from '../ui/fetch-json'
import { useChange } from '../ui/use-change'

export type SaveAccessGroups = (membership: {
  acsUserId: string
  acsAccessGroupIds: string[]
}) => Promise<ActionResult<null>>

type AccessGroupsDialogProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  acsUser: { acsUserId: string; displayName: string }
  system: { name: string }
  /** A door that somebody should be able to open: the groups with it come first. */
  door?: { acsEntranceId: string; displayName: string }
  onSave: SaveAccessGroups
}

const doors = (count: number) => `${count} ${count === 1 ? 'door' : 'doors'}`

/** Chooses the access groups that an ACS user is in; they are saved together. */
export function AccessGroupsDialog({ open, onOpenChange, acsUser, system, door, onSave }: AccessGroupsDialogProps) {
  const address = new URLSearchParams({
    acs_user: acsUser.acsUserId,
    ...(door && { door: door.acsEntranceId }),
  })
  const { data: groups, error } = useQuery({
    queryKey: ['access-group-options', address.toString()],
    queryFn: ({ signal }) => fetchJson<AccessGroupOption[]>(`/data/acs-users/access-groups?${address}`, signal),
    enabled: open,
    staleTime: 0,
    gcTime: 0,
    // What is being ticked must not change under the hand.
    refetchOnWindowFocus: false,
  })
  const [changed, setChanged] = useState<ReadonlyMap<string, boolean>>(new Map())
  const [refusal, setRefusal] = useState<RefusalValue | null>(null)
  const { pending, carryOut } = useChange()
  const isChosen = (group: AccessGroupOption) => changed.get(group.acsAccessGroupId) ?? group.isMember
  const chosen = groups?.filter(isChosen) ?? []
  const save = () =>
    carryOut({
      action: () =>
        onSave({
          acsUserId: acsUser.acsUserId,
          acsAccessGroupIds: chosen.map(({ acsAccessGroupId }) => acsAccessGroupId),
        }),
      done: `Changed the access groups of ${acsUser.displayName} in ${system.name}.`,
      undone: `The access groups of ${acsUser.displayName} in ${system.name} are as they were.`,
      refused: setRefusal,
      after: () => onOpenChange(false),
    })
  const ordered = [...(groups ?? [])].sort((one, other) => Number(other.opensEntrance) - Number(one.opensEntrance))
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Access groups"
      description={
        <>
          of <bdi className="font-medium text-text">{acsUser.displayName}</bdi> in {system.name}
        </>
      }
    >
      <DialogForm
        onSubmit={save}
        onCancel={() => onOpenChange(false)}
        pending={pending}
        submitLabel="Save groups"
        refusal={refusal}
        disabled={!groups?.some((group) => isChosen(group) !== group.isMember)}
      >
        <CheckList
          label="Access groups"
          items={
            groups &&
            ordered.map((group) => ({
              id: group.acsAccessGroupId,
              name: group.name,
              detail: door && group.opensEntrance ? `opens ${door.displayName}` : doors(group.entranceCount),
              checked: isChosen(group),
            }))
          }
          onCheck={(id, checked) => setChanged(new Map(changed).set(id, checked))}
          error={error?.message ?? null}
          empty="This access system has no access groups."
        />
      </DialogForm>
    </Dialog>
  )
}
