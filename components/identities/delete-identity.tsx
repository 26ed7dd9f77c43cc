'use client'

import { Trash2 } from 'lucide-react'
import { unstable_rethrow } from 'next/navigation'
import { useState, useTransition } from 'react'
import { type ActionResult, unreachable } from '@/lib/platform/refusals'
import { Button } from '../ui/button'
import { LazyDialog } from '../ui/lazy-dialog'
import { Notice } from '../ui/notice'
import { TextField } from '../ui/text-field'

type DeleteIdentityProps = {
  person: { userIdentityId: string; displayName: string }
  /** What goes with the person. */
  acsUsers: { acsUserId: string; displayName: string; systemName: string; credentialCount: number }[]
  onDelete: (userIdentityId: string) => Promise<ActionResult<null>>
}

/** Deletes a person, after showing exactly what goes with them. Access systems let go of them at once, so it asks for the name. */
export function DeleteIdentity({ person, acsUsers, onDelete }: DeleteIdentityProps) {
  const [open, setOpen] = useState(false)
  const [typed, setTyped] = useState('')
  const [error, setError] = useState<string | null>(null)
  const [pending, startTransition] = useTransition()
  const confirmed = asRead(typed) === asRead(person.displayName)

  const remove = () =>
    startTransition(async () => {
      try {
        const result = await onDelete(person.userIdentityId)
        if (!result.ok) setError(result.refusal.message)
      } catch (thrown) {
        // The redirect to the list, after a deletion, travels as an error too.
        unstable_rethrow(thrown)
        setError(unreachable.message)
      }
    })

  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <Trash2 aria-hidden className="size-3.5" />
        Delete…
      </Button>
      <LazyDialog
        open={open}
        onOpenChange={(next) => {
          if (pending) return
          setOpen(next)
          setTyped('')
          setError(null)
        }}
        title={`Delete ${person.displayName}?`}
        description="You can undo this afterwards. Cards and door codes would not come back, though: they must be issued anew."
      >
        <form
          className="flex flex-col gap-4 px-5 py-4"
          onSubmit={(event) => {
            event.preventDefault()
            if (confirmed && !pending) remove()
          }}
        >
          <div className="text-sm">
            <p className="font-medium">What goes with it</p>
            <ul className="mt-1 list-disc pl-5 text-muted">
              <li>The user identity itself; its history stays readable.</li>
              {acsUsers.map((acsUser) => (
                <li key={acsUser.acsUserId}>
                  <bdi>{acsUser.displayName}</bdi> in {acsUser.systemName}
                  {acsUser.credentialCount > 0 &&
                    `, with ${acsUser.credentialCount} credential${acsUser.credentialCount === 1 ? '' : 's'}`}
                </li>
              ))}
            </ul>
          </div>
          {error && (
            <div role="alert">
              <Notice tone="danger">{error}</Notice>
            </div>
          )}
          <TextField
            label={`Type “${person.displayName}” to confirm`}
            value={typed}
            autoComplete="off"
            onChange={(event) => setTyped(event.target.value)}
          />
          <div className="flex justify-end gap-2">
            <Button onClick={() => setOpen(false)}>Cancel</Button>
            <Button type="submit" variant="danger" disabled={!confirmed} pending={pending}>
              {pending ? 'Deleting…' : 'Delete identity'}
            </Button>
          </div>
        </form>
      </LazyDialog>
    </>
  )
}

/** A name as a page shows it, whichever spaces and apostrophes it is written with. */
function asRead(name: string): string {
  return name.normalize('NFKC').replace(/[‘’ʼ]/g, "'").replace(/\s+/g, ' ').trim()
}
