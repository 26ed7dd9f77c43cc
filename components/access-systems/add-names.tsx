'use client'

import { type ReactNode, useState } from 'react'
import type { ActionResult, RefusalValue } from '@/lib/platform/refusals'
import { DialogForm } from '../ui/dialog-form'
import { LazyDialog } from '../ui/lazy-dialog'
import { useChange } from '../ui/use-change'
import { NamesField, namesIn } from './names-field'

/** What came of a list of names: how many are new, and how many were there already. */
export type AddedNames = { createdCount: number; skippedCount: number }

type AddNamesProps = {
  /** What is added: “door” and “doors”. */
  one: string
  many: string
  placeholder: string
  onAdd: (names: string[]) => Promise<ActionResult<AddedNames>>
  onClose: () => void
  /** Further fields. */
  children?: ReactNode
}

/** Adds doors or access groups by a list of their names. */
export function AddNames({ one, many, placeholder, onAdd, onClose, children }: AddNamesProps) {
  const [list, setList] = useState('')
  const [refusal, setRefusal] = useState<RefusalValue | null>(null)
  const { pending, carryOut } = useChange()
  const names = namesIn(list)
  const errors = refusal && errorsOfNames(refusal, names)
  return (
    <LazyDialog open onOpenChange={(open) => !open && !pending && onClose()} title={`Add ${many}`}>
      <DialogForm
        onSubmit={() =>
          carryOut({
            action: () => onAdd(names),
            done: names.length === 1 ? `The ${one} was added.` : `The ${many} were added.`,
            refused: setRefusal,
            after: onClose,
          })
        }
        onCancel={onClose}
        pending={pending}
        submitLabel={pending ? 'Adding…' : `Add ${many}`}
        refusal={refusal && { ...refusal, fields: errors ? refusal.fields : undefined }}
        disabled={names.length === 0}
      >
        <NamesField
          label="Names"
          placeholder={placeholder}
          value={list}
          onChange={setList}
          errors={errors ?? undefined}
        />
        {children}
      </DialogForm>
    </LazyDialog>
  )
}

/** What is wrong with the list or a name in it, which is quoted; null where the refusal is about neither. */
function errorsOfNames({ fields = {} }: RefusalValue, names: string[]): string[] | null {
  const errors = Object.entries(fields).flatMap(([field, messages]) => {
    const [of, index] = field.split('.')
    if (of !== 'names') return []
    const name = index === undefined ? undefined : names[Number(index)]
    return name === undefined ? messages : messages.map((message) => `“${shortened(name)}”: ${message}`)
  })
  return errors.length > 0 ? errors : null
}

const shortened = (name: string) => (name.length > 30 ? `${name.slice(0, 30)}…` : name)
