'use client'

import type { WebhookStanding } from '@/lib/http-api/webhooks/webhook'
import type { ActionResult } from '@/lib/platform/refusals'
import { Button } from '../ui/button'
import { Notice } from '../ui/notice'
import { useChange } from '../ui/use-change'
import { ExactTime } from '../ui/viewer-time'

type WebhookTroubleProps = {
  webhookId: string
  standing: Exclude<WebhookStanding, { state: 'on' }>
  /** Left out for who may not. */
  onSwitchOn?: (webhookId: string) => Promise<ActionResult<null>>
}

/** Since when and why a webhook isn't sent to as usual, what that means, and the button that ends it. */
export function WebhookTrouble({ webhookId, standing, onSwitchOn }: WebhookTroubleProps) {
  const { state, since, trouble } = standing
  const last = trouble && <span className="[overflow-wrap:anywhere]">Last problem: {trouble}.</span>
  if (state === 'slow') {
    return (
      <Notice tone="warning">
        <strong className="font-medium">Slow</strong> since <ExactTime at={since} />. {last} Keyholder sends one
        delivery at a time, with pauses of up to 10 minutes, until the address answers quickly again.
      </Notice>
    )
  }
  if (state === 'failing') {
    return (
      <Notice tone="warning">
        <strong className="font-medium">Failing</strong> since <ExactTime at={since} />. {last} Keyholder pauses for up
        to 10 minutes after each attempt. After 24 hours without a success, it switches the webhook off.
      </Notice>
    )
  }
  return (
    <Notice tone="danger">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <p className="min-w-0 flex-1 basis-72">
          <strong className="font-medium">Switched off</strong> since <ExactTime at={since} />, after 24 hours without a
          success. {last} New events wait for 30 days, and are sent in order once the webhook is on again.
        </p>
        {onSwitchOn && <SwitchOn webhookId={webhookId} onSwitchOn={onSwitchOn} />}
      </div>
    </Notice>
  )
}

function SwitchOn({ webhookId, onSwitchOn }: Required<Pick<WebhookTroubleProps, 'webhookId' | 'onSwitchOn'>>) {
  const { pending, carryOut } = useChange()
  const switchOn = () => carryOut({ action: () => onSwitchOn(webhookId), done: 'The webhook is switched on.' })
  return (
    <Button pending={pending} onClick={switchOn} className="text-text">
      {pending ? 'Switching on…' : 'Switch on'}
    </Button>
  )
}
