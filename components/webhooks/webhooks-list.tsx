import Link from 'next/link'
import type { WebhookSummary } from '@/lib/http-api/webhooks/webhook'
import { PendingNavigation } from '../shell/pending-navigation'
import { RelativeTime } from '../ui/viewer-time'
import { DeliveryStatusBadge } from './delivery-status'
import { eventTypesInWords } from './event-types-in-words'
import { WebhookStandingBadge } from './webhook-standing'

/** A workspace's webhooks, each with what is wrong with it, or what came of the newest thing it was told. */
export function WebhooksList({ webhooks }: { webhooks: WebhookSummary[] }) {
  return (
    <ul aria-label="Webhooks" className="divide-y divide-line">
      {webhooks.map(({ webhookId, url, eventTypes, lastDelivery, standing }) => (
        <li key={webhookId} className="relative flex flex-wrap items-center gap-x-4 gap-y-1.5 px-4 py-3 hover:bg-hover">
          <span className="min-w-0 flex-1 basis-64">
            <Link
              href={`/settings/webhooks/${webhookId}`}
              data-row-link
              title={url}
              className="block truncate font-medium text-sm after:absolute after:inset-0"
            >
              {url}
              <PendingNavigation to="list" />
            </Link>
            <span className="block truncate text-muted text-xs" title={eventTypes.join(', ')}>
              {eventTypesInWords(eventTypes)}
            </span>
          </span>
          <span className="flex items-center gap-2 text-muted text-xs">
            {standing.state !== 'on' ? (
              <>
                <WebhookStandingBadge state={standing.state} />
                <RelativeTime at={standing.since} />
              </>
            ) : lastDelivery ? (
              <>
                <DeliveryStatusBadge status={lastDelivery.status} />
                <RelativeTime at={lastDelivery.at} />
              </>
            ) : (
              'Nothing sent yet'
            )}
          </span>
        </li>
      ))}
    </ul>
  )
}
