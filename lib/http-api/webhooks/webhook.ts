import { z } from 'zod'
import type { deliveryStatuses } from '@/db/schema/webhooks'
import { lineOfText, uuid } from '@/lib/platform/input'

/** An address that is told of events. Times are ISO 8601, UTC. */
export type Webhook = {
  webhookId: string
  url: string
  /** Types of events, or `*` for all. */
  eventTypes: string[]
  createdAt: string
  standing: WebhookStanding
}

/**
 * How a webhook is sent to. `slow`: one delivery at a time, with rests. `failing`: nothing has succeeded lately.
 * `switched_off`: nothing is sent. `trouble` is what the last attempt met, in words.
 */
export type WebhookStanding =
  | { state: 'on' }
  | { state: 'slow' | 'failing' | 'switched_off'; since: string; trouble: string | null }

/** A webhook as a list shows it, with what came of the newest thing that it was told. */
export type WebhookSummary = Webhook & { lastDelivery: { status: DeliveryStatus; at: string } | null }

/** A webhook with what its deliveries are signed with; not for lists that a browser keeps. */
export type WebhookWithSecret = Webhook & { secret: string }

export type DeliveryStatus = (typeof deliveryStatuses)[number]

/** One attempt to deliver: the status of the answer, or why there was none. */
export type DeliveryAttempt = {
  attemptedAt: string
  responseStatus: number | null
  error: string | null
  durationMilliseconds: number
}

/** A delivery as a list shows it. */
export type DeliveryListItem = {
  deliveryId: string
  eventId: string
  eventType: string
  status: DeliveryStatus
  /** How often it was tried since it was queued or sent again by hand. */
  attempts: number
  lastAttempt: DeliveryAttempt | null
  /** Null when it is not going to be tried (again), for a pending one while its webhook is switched off. */
  nextAttemptAt: string | null
  createdAt: string
  finishedAt: string | null
}

/** A delivery with everything that is known of it. */
export type Delivery = Omit<DeliveryListItem, 'lastAttempt'> & {
  webhookId: string
  url: string
  /** The body that is sent. */
  payload: string
  /** All attempts, newest first. */
  attemptLog: DeliveryAttempt[]
}

/** How many webhooks a workspace may have: each event is queued once for each of them. */
export const maximumWebhooks = 20

/** For how many days deliveries wait for a webhook that is switched off; then they are given up. */
export const waitingDays = 30

const longestUrl = 2000
const mostEventTypes = 100

const url = lineOfText('The address', longestUrl)
  .refine((text) => /^https?:\/\//.test(text) && URL.canParse(text), {
    error: 'Enter an address such as https://example.com/webhooks.',
    abort: true,
  })
  .refine((text) => new URL(text).username === '' && new URL(text).password === '', {
    error: 'The address must not contain a user name or password. Check the signature of what is sent instead.',
  })

// Seam has more types than happen here yet; whoever names one of them is told once it does happen.
const eventType = z
  .string({ error: 'An event type must be text.' })
  .max(100, { error: 'An event type must be at most 100 characters long.' })
  .regex(/^(\*|[a-z_]+(\.[a-z_]+)+)$/, { error: 'An event type looks like user_identity.created; * stands for all.' })

const eventTypeList = z
  .array(eventType, { error: 'The event types must be a list.' })
  .min(1, { error: 'Choose at least one event type.' })
  .max(mostEventTypes, { error: `Choose at most ${mostEventTypes} event types.` })
  .transform((types) => [...new Set(types)])

/** Input of `createWebhook`. */
export const newWebhookSchema = z.object({ url, event_types: eventTypeList.default(['*']) })

/** Input of `updateWebhook`. */
export const webhookChangesSchema = z.object({ webhook_id: uuid('webhook_id'), event_types: eventTypeList })

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const delays = [5 * second, 30 * second, 5 * minute, 30 * minute, 2 * hour, 5 * hour, 10 * hour, 10 * hour] as const

/**
 * How long to wait after a failed attempt, in milliseconds, or null when enough was tried. Up to a
 * tenth more, so that what failed together is not all tried again together.
 *
 * @param attempts how many have failed by now, from 1.
 * @param random from 0 to below 1.
 */
export function retryDelay(attempts: number, random = Math.random()): number | null {
  const delay = delays[attempts - 1]
  return delay === undefined ? null : Math.round(delay * (1 + random / 10))
}
