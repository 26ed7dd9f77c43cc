'use client'

import { DoorOpen, Pencil, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { Door } from '@/lib/access/entrances/entrance'
import type { ActionResult, RefusalValue } from '@/lib/platform/refusals'
import { accessMethodNames } from '../credentials/access-method-names'
import { Button } from '../ui/button'
import { DialogForm } from '../ui/dialog-form'
import { EmptyState } from '../ui/empty-state'
import { IconButton } from '../ui/icon-button'
import { LazyDialog } from '../ui/lazy-dialog'
import { TextField } from '../ui/text-field'
import { useChange } from '../ui/use-change'
import { type AddedNames, AddNames } from './add-names'
import { RemoveDialog } from './remove-dialog'

type Method = Door['unlocksWith'][number]

/** Doors to add to an access system. */
export type NewDoors = { acsSystemId: string; names: string[]; unlocksWith: Method[] }
/** A door as it's to be. */
export type DoorEdit = { acsEntranceId: string; displayName: string; unlocksWith: Method[] }

/** What can be done with the doors of a system that's kept by hand. */
type DoorActions = {
  onAdd: (given: NewDoors) => Promise<ActionResult<AddedNames>>
  onSave: (given: DoorEdit) => Promise<ActionResult<null>>
  onRemove: (acsEntranceId: string) => Promise<ActionResult<null>>
}

type DoorsListProps = {
  system: { acsSystemId: string; name: string }
  doors: Door[]
  /** Left out where nothing can be changed here. */
  actions?: DoorActions
}

type Open = { kind: 'add' } | { kind: 'edit' | 'remove'; door: Door } | null

/** The doors of an access system, and where it's kept by hand, what can be done with them. */
export function DoorsList({ system, doors, actions }: DoorsListProps) {
  const [open, setOpen] = useState<Open>(null)
  const close = () => setOpen(null)
  const add = actions && (
    <Button variant="primary" onClick={() => setOpen({ kind: 'add' })}>
      <Plus aria-hidden className="size-4" />
      Add doors
    </Button>
  )
  return (
    <>
      {doors.length > 0 && <div className="mb-3 flex justify-end">{add}</div>}
      <div className="rounded-lg border border-line bg-surface max-sm:-mx-4 max-sm:rounded-none max-sm:border-x-0">
        {doors.length === 0 ? (
          <EmptyState title="No door yet" action={add}>
            {actions
              ? 'Write down the doors that this system guards. Then an access group says who may open which of them.'
              : 'This access system reports no door.'}
          </EmptyState>
        ) : (
          <ul aria-label={`Doors of ${system.name}`} className="divide-y divide-line">
            {doors.map((door) => (
              <li key={door.acsEntranceId} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5 text-sm">
                <DoorOpen aria-hidden className="size-4 shrink-0 text-muted" />
                <span className="min-w-0 flex-1 sm:basis-48">
                  <span className="block truncate font-medium" title={door.displayName}>
                    {door.displayName}
                  </span>
                  <span className="block truncate text-muted text-xs">
                    {door.unlocksWith.map((method) => accessMethodNames[method].name).join(', ') ||
                      'No way to unlock it is known'}
                  </span>
                </span>
                <span className="min-w-0 flex-1 basis-48 truncate text-muted max-sm:order-1 max-sm:basis-full max-sm:pl-8">
                  {openedBy(door)}
                </span>
                {actions && (
                  <span className="flex gap-1">
                    <IconButton label={`Edit ${door.displayName}`} onClick={() => setOpen({ kind: 'edit', door })}>
                      <Pencil aria-hidden className="size-4" />
                    </IconButton>
                    <IconButton label={`Remove ${door.displayName}`} onClick={() => setOpen({ kind: 'remove', door })}>
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
        <AddDoors acsSystemId={system.acsSystemId} onAdd={actions.onAdd} onClose={close} />
      )}
      {actions && open?.kind === 'edit' && <EditDoor door={open.door} onSave={actions.onSave} onClose={close} />}
      {actions && open?.kind === 'remove' && (
        <RemoveDialog
          name={open.door.displayName}
          label="Remove door"
          onRemove={() => actions.onRemove(open.door.acsEntranceId)}
          onClose={close}
        >
          {open.door.groupNames.length + open.door.grantedCount === 0
            ? 'Nobody may open it, so nobody loses anything.'
            : `It’s opened by: ${openedBy(open.door)}. They open it no more.`}
        </RemoveDialog>
      )}
    </>
  )
}

function openedBy({ groupNames, grantedCount }: Door): string {
  const alone = grantedCount > 0 && `${grantedCount} ACS ${grantedCount === 1 ? 'user' : 'users'} without a group`
  return [...groupNames, alone].filter(Boolean).join(', ') || 'Nobody may open it yet'
}

type AddDoorsProps = Pick<DoorActions, 'onAdd'> & { acsSystemId: string; onClose: () => void }

function AddDoors({ acsSystemId, onAdd, onClose }: AddDoorsProps) {
  const [unlocksWith, setUnlocksWith] = useState<Method[]>(['card'])
  return (
    <AddNames
      one="door"
      many="doors"
      placeholder="Lobby, Garage, Gym"
      onAdd={(names) => onAdd({ acsSystemId, names, unlocksWith })}
      onClose={onClose}
    >
      <UnlocksWith chosen={unlocksWith} onChoose={setUnlocksWith} />
    </AddNames>
  )
}

function EditDoor({ door, onSave, onClose }: Pick<DoorActions, 'onSave'> & { door: Door; onClose: () => void }) {
  const [displayName, setDisplayName] = useState(door.displayName)
  const [unlocksWith, setUnlocksWith] = useState<Method[]>(door.unlocksWith)
  const [refusal, setRefusal] = useState<RefusalValue | null>(null)
  const { pending, carryOut } = useChange()
  return (
    <LazyDialog open onOpenChange={(open) => !open && !pending && onClose()} title="Edit door">
      <DialogForm
        onSubmit={() =>
          carryOut({
            action: () => onSave({ acsEntranceId: door.acsEntranceId, displayName, unlocksWith }),
            done: 'The door was saved.',
            refused: setRefusal,
            after: onClose,
          })
        }
        onCancel={onClose}
        pending={pending}
        submitLabel={pending ? 'Saving…' : 'Save door'}
        refusal={refusal}
      >
        <TextField
          label="Name"
          autoComplete="off"
          value={displayName}
          onChange={(event) => setDisplayName(event.target.value)}
          errors={refusal?.fields?.display_name}
        />
        <UnlocksWith chosen={unlocksWith} onChoose={setUnlocksWith} />
      </DialogForm>
    </LazyDialog>
  )
}

const methods = ['card', 'code', 'mobile_key'] as const

function UnlocksWith({ chosen, onChoose }: { chosen: Method[]; onChoose: (chosen: Method[]) => void }) {
  return (
    <fieldset>
      <legend className="mb-1 font-medium text-sm">Unlocks with</legend>
      <div className="flex flex-wrap gap-x-5 gap-y-1">
        {methods.map((method) => (
          <label key={method} className="flex cursor-pointer items-center gap-2 text-sm pointer-coarse:min-h-11">
            <input
              type="checkbox"
              checked={chosen.includes(method)}
              onChange={(event) =>
                onChoose(event.target.checked ? [...chosen, method] : chosen.filter((one) => one !== method))
              }
              className="size-4 accent-accent"
            />
            {accessMethodNames[method].name}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
