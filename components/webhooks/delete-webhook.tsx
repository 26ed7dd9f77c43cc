'use client'

import { Trash2 } from 'lucide-react'
import { unstable_rethrow } from 'next/navigation'
import { useRef, useState, useTransition } from 'react'
import { type ActionResult, unreachable } from '@/lib/platform/refusals'
import { Button } from '../ui/button'
import { LazyDialog } from '../ui/lazy-dialog'
import { Notice } from '../ui/notice'

type DeleteWebhookProps = {
  webhook: { webhookId: string; url: string }
  /** How many deliveries wait to be sent. */
  pendingCount: number
  onDelete: (webhookId: string) => Promise<ActionResult<null>>
}

/** Deletes a webhook, after saying what goes with it. */
export function DeleteWebhook({ webhook, pendingCount, onDelete }: DeleteWebhookProps) {
  const [open, setOpen] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const [pending, startTransition] = useTransition()
  const cancel = useRef<HTMLButtonElement>(null)
  const remove = () =>
    startTransition(async () => {
      try {
        const result = await onDelete(webhook.webhookId)
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
          setError(null)
        }}
        title="Delete this webhook?"
        description={<span className="[overflow-wrap:anywhere]">{webhook.url}</span>}
        initialFocus={cancel}
      >
        <div className="flex flex-col gap-4 px-5 pt-3 pb-5">
          <p className="text-sm">
            It is told of no more events, and its delivery log and signing secret go with it.{' '}
            {pendingCount > 0 &&
              `${pendingCount === 1 ? 'One pending delivery is' : `${pendingCount} pending deliveries are`} not sent any more. `}
            This cannot be undone.
          </p>
          {error && (
            <div role="alert">
              <Notice tone="danger">{error}</Notice>
            </div>
          )}
          <div className="flex justify-end gap-2">
            <Button ref={cancel} onClick={() => setOpen(false)}>
              Cancel
            </Button>
            <Button variant="danger" pending={pending} onClick={remove}>
              {pending ? 'Deleting…' : 'Delete webhook'}
            </Button>
          </div>
        </div>
      </LazyDialog>
    </>
  )
}
