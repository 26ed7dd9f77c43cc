'use client'

import { RotateCcw } from 'lucide-react'
import { useTransition } from 'react'
import type { Delivery } from '@/lib/http-api/webhooks/webhook'
import { type ActionResult, unreachable } from '@/lib/platform/refusals'
import { Badge } from '../ui/badge'
import { Button } from '../ui/button'
import { CopyButton } from '../ui/copy-button'
import { ShortId } from '../ui/short-id'
import { showErrorToast, showToast } from '../ui/toast'
import { ExactTime } from '../ui/viewer-time'

type DeliveryDetailsProps = {
  delivery: Delivery
  /** Left out for who may not. */
  onResend?: (deliveryId: string) => Promise<ActionResult<null>>
}

/** A delivery's attempts and what is sent, with the button that sends it again. */
export function DeliveryDetails({ delivery, onResend }: DeliveryDetailsProps) {
  const [pending, startTransition] = useTransition()
  const resend = () =>
    startTransition(async () => {
      const result = await onResend?.(delivery.deliveryId).catch(() => ({ ok: false, refusal: unreachable }) as const)
      if (result?.ok) showToast('The delivery is on its way again.')
      else if (result) showErrorToast(result.refusal.message)
    })
  const payload = JSON.stringify(JSON.parse(delivery.payload), null, 2)
  return (
    <div className="grid gap-5 border-line border-t bg-canvas px-4 py-4 min-[1100px]:grid-cols-[18rem_minmax(0,1fr)]">
      <div className="min-w-0">
        <div className="mb-2 flex min-h-7 items-center justify-between gap-2">
          <h3 className="font-medium text-sm">Attempts</h3>
          {onResend && delivery.status !== 'pending' && (
            <Button size="small" pending={pending} onClick={resend}>
              <RotateCcw aria-hidden className="size-3.5" />
              {pending ? 'Sending…' : 'Resend'}
            </Button>
          )}
        </div>
        {delivery.attemptLog.length === 0 ? (
          <p className="text-muted text-sm">Not tried yet.</p>
        ) : (
          <ol className="flex flex-col gap-2 text-sm">
            {delivery.attemptLog.map((attempt) => (
              <li key={attempt.attemptedAt}>
                <span className="flex flex-wrap items-center gap-x-2">
                  <Badge tone={isSuccess(attempt.responseStatus) ? 'success' : 'danger'}>
                    {attempt.responseStatus ? `HTTP ${attempt.responseStatus}` : 'No response'}
                  </Badge>
                  <span className="tabular text-muted text-xs">
                    <ExactTime at={attempt.attemptedAt} /> · {attempt.durationMilliseconds} ms
                  </span>
                </span>
                {attempt.error && (
                  <span className="mt-0.5 block text-muted text-xs [overflow-wrap:anywhere]">{attempt.error}</span>
                )}
              </li>
            ))}
          </ol>
        )}
        <p className="mt-3 text-muted text-xs">
          webhook-id <ShortId id={delivery.deliveryId} name="webhook-id" />
        </p>
      </div>
      <div className="min-w-0">
        <div className="mb-2 flex min-h-7 items-center justify-between gap-2">
          <h3 className="font-medium text-sm">Payload</h3>
          <CopyButton value={delivery.payload} name="payload" />
        </div>
        {/* It scrolls sideways by itself, so it can be reached by keyboard. */}
        <section
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
          tabIndex={0}
          aria-label="Payload"
          className="max-h-96 overflow-auto rounded-md border border-line bg-surface p-3"
        >
          <pre className="font-mono text-xs">{payload}</pre>
        </section>
      </div>
    </div>
  )
}

const isSuccess = (status: number | null) => status !== null && status >= 200 && status < 300
