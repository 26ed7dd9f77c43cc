import type { WebhookStanding } from '@/lib/http-api/webhooks/webhook'
import { Badge, type Tone } from '../ui/badge'

type Troubled = Exclude<WebhookStanding, { state: 'on' }>

const states: Record<Troubled['state'], { tone: Tone; name: string }> = {
  slow: { tone: 'warning', name: 'Slow' },
  failing: { tone: 'warning', name: 'Failing' },
  switched_off: { tone: 'danger', name: 'Switched off' },
}

/** How a webhook that isn't sent to as usual is sent to, in a word or two. */
export function WebhookStandingBadge({ state }: Pick<Troubled, 'state'>) {
  return <Badge tone={states[state].tone}>{states[state].name}</Badge>
}
