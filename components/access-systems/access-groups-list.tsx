'use client'

import { Pencil, Plus, Trash2, Users } from 'lucide-react'
import { useState } from 'react'
import type { AccessGroupListItem } from '@/lib/access/groups/queries'
import type { ActionResult, RefusalValue } from '@/lib/platform/refusals'
import { Button } from '../ui/button'
import { CheckList } from '../ui/check-list'
import { DialogForm } from '../ui/dialog-form'
import { EmptyState } from '../ui/empty-state'
import { IconButton } from '../ui/icon-button'
import { LazyDialog } from '../ui/lazy-dialog'
import { TextField } from '../ui/text-field'
import { useChange } from '../ui/use-change'
import { type AddedNames, AddNames } from './add-names'
import { RemoveDialog } from './remove-dialog'

/** An access group as it's to be. */
export type AccessGroupEdit = { acsAccessGroupId: string; name: string; acsEntranceIds: string[] }

type DoorName = { acsEntranceId: string; displayName: string }

/** What can be done with the access groups of a system that's kept by hand. */
type GroupActions = {
  onAdd: (given: { acsSystemId: string; names: string[] }) => Promise<ActionResult<AddedNames>>
  onSave: (given: AccessGroupEdit) => Promise<ActionResult<null>>
  onRemove: (acsAccessGroupId: string) => Promise<ActionResult<null>>
}

type AccessGroupsListProps = {
  system: { acsSystemId: string; name: string }
  groups: AccessGroupListItem[]
  /** The system's doors by name. */
  doors: DoorName[]
  /** Left out where nothing can be changed here. */
  actions?: GroupActions
}

type Open = { kind: 'add' } | { kind: 'edit' | 'remove'; group: AccessGroupListItem } | null

/** The access groups of an access system: who is in each, and which doors it opens. */
export function AccessGroupsList({ system, groups, doors, actions }: AccessGroupsListProps) {
  const [open, setOpen] = useState<Open>(null)
  const close = () => setOpen(null)
  const names = new Map(doors.map(({ acsEntranceId, displayName }) => [acsEntranceId, displayName]))
  const opens = ({ acsEntranceIds }: AccessGroupListItem) =>
    acsEntranceIds
      .flatMap((id) => names.get(id) ?? [])
      .sort()
      .join(', ')
  const add = actions && (
    <Button variant="primary" onClick={() => setOpen({ kind: 'add' })}>
      <Plus aria-hidden className="size-4" />
      Add access groups
    </Button>
  )
  return (
    <>
      {groups.length > 0 && <div className="mb-3 flex justify-end">{add}</div>}
      <div className="rounded-lg border border-line bg-surface max-sm:-mx-4 max-sm:rounded-none max-sm:border-x-0">
        {groups.length === 0 ? (
          <EmptyState title="No access group yet" action={add}>
            An access group says which doors its ACS users may open: Residents, Staff, Cleaners.
          </EmptyState>
        ) : (
          <ul aria-label={`Access groups of ${system.name}`} className="divide-y divide-line">
            {groups.map((group) => (
              <li
                key={group.acsAccessGroupId}
                className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5 text-sm"
              >
                <Users aria-hidden className="size-4 shrink-0 text-muted" />
                <span className="min-w-0 flex-1 sm:basis-48">
                  <span className="block truncate font-medium" title={group.name}>
                    {group.name}
                  </span>
                  <span className="block truncate text-muted text-xs">{members(group)}</span>
                </span>
                <span className="min-w-0 flex-1 basis-48 truncate text-muted max-sm:order-1 max-sm:basis-full max-sm:pl-8">
                  {opens(group) || 'Opens no door yet'}
                </span>
                {actions && (
                  <span className="flex gap-1">
                    <IconButton label={`Edit ${group.name}`} onClick={() => setOpen({ kind: 'edit', group })}>
                      <Pencil aria-hidden className="size-4" />
                    </IconButton>
                    <IconButton label={`Remove ${group.name}`} onClick={() => setOpen({ kind: 'remove', group })}>
                      <Trash2 aria-hidden className="size-4" />
                    </IconButton>
                  </span>
                )}
              </li>
            ))}
          </ul>
        )}
      </div>
      {actions && open?.kind === 'add' && (
        <AddNames
          one="access group"
          many="access groups"
          placeholder="Residents, Staff, Cleaners"
          onAdd={(names) => actions.onAdd({ acsSystemId: system.acsSystemId, names })}
          onClose={close}
        />
      )}
      {actions && open?.kind === 'edit' && (
        <EditGroup group={open.group} doors={doors} onSave={actions.onSave} onClose={close} />
      )}
      {actions && open?.kind === 'remove' && (
        <RemoveDialog
          name={open.group.name}
          label="Remove access group"
          onRemove={() => actions.onRemove(open.group.acsAccessGroupId)}
          onClose={close}
        >
          {whoLoses(open.group, opens(open.group))}
        </RemoveDialog>
      )}
    </>
  )
}

function members({ memberCount, memberNames }: AccessGroupListItem): string {
  if (memberCount === 0) return 'Nobody is in it yet'
  const others = memberCount - memberNames.length
  return memberNames.join(', ') + (others > 0 ? ` and ${others} more` : '')
}

function whoLoses(group: AccessGroupListItem, opens: string): string {
  if (group.memberCount === 0) return 'Nobody is in it, so nobody loses anything.'
  return `${members(group)} ${group.memberCount === 1 ? 'leaves' : 'leave'} it${opens && ` and may lose ${opens}`}.`
}

type EditGroupProps = Pick<GroupActions, 'onSave'> & {
  group: AccessGroupListItem
  doors: DoorName[]
  onClose: () => void
}

function EditGroup({ group, doors, onSave, onClose }: EditGroupProps) {
  const [name, setName] = useState(group.name)
  const [chosen, setChosen] = useState<string[]>(group.acsEntranceIds)
  const [refusal, setRefusal] = useState<RefusalValue | null>(null)
  const { pending, carryOut } = useChange()
  return (
    <LazyDialog open onOpenChange={(open) => !open && !pending && onClose()} title="Edit access group">
      <DialogForm
        onSubmit={() =>
          carryOut({
            action: () => onSave({ acsAccessGroupId: group.acsAccessGroupId, name, acsEntranceIds: chosen }),
            done: 'The access group was saved.',
            refused: setRefusal,
            after: onClose,
          })
        }
        onCancel={onClose}
        pending={pending}
        submitLabel={pending ? 'Saving…' : 'Save access group'}
        refusal={refusal}
      >
        <TextField
          label="Name"
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.target.value)}
          errors={refusal?.fields?.name}
        />
        <div>
          <p aria-hidden className="mb-1 font-medium text-sm">
            Doors it opens
          </p>
          <CheckList
            label="Doors it opens"
            items={doors.map(({ acsEntranceId, displayName }) => ({
              id: acsEntranceId,
              name: displayName,
              checked: chosen.includes(acsEntranceId),
            }))}
            onCheck={(id, checked) => setChosen(checked ? [...chosen, id] : chosen.filter((one) => one !== id))}
            error={null}
            empty="This access system has no doors yet."
          />
        </div>
      </DialogForm>
    </LazyDialog>
  )
}
