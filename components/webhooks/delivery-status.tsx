import type { DeliveryStatus } from '@/lib/http-api/webhooks/webhook'
import { Badge, type Tone } from '../ui/badge'

const states: Record<DeliveryStatus, { tone: Tone; name: string }> = {
  pending: { tone: 'waiting', name: 'Pending' },
  delivered: { tone: 'success', name: 'Delivered' },
  failed: { tone: 'danger', name: 'Failed' },
}

/** What became of a delivery, in a word. */
export function DeliveryStatusBadge({ status }: { status: DeliveryStatus }) {
  return <Badge tone={states[status].tone}>{states[status].name}</Badge>
}
