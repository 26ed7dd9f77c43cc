import type { events } from '@/db/schema/events'
import { wireEvent } from '@/lib/history/events/wire-event'

/**
 * The body that tells a webhook of an event: the very event that the API answers.
 *
 * @param connectedAccountId of the event's access system, if it has one.
 */
export function eventPayload(event: typeof events.$inferSelect, connectedAccountId: string | null): string {
  return JSON.stringify(wireEvent(event, connectedAccountId))
}
