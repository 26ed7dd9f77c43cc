import { seal, unseal } from '@/db/encryption/seal'
import type { webhooks } from '@/db/schema/webhooks'
import { Refusal } from '@/lib/platform/refusals'

type Kept = Pick<typeof webhooks.$inferSelect, 'secret' | 'sealedSecret'>

/** What a webhook's deliveries are signed with; null where it cannot be read any more. */
export function secretOf({ secret, sealedSecret }: Kept): string | null {
  return sealedSecret === null ? secret : unseal('webhook secret', sealedSecret)
}

/** How a signing secret is kept. */
export function keptSecret(secret: string): Kept {
  return { secret: null, sealedSecret: seal('webhook secret', secret) }
}

/** Why deliveries cannot be signed, and what to do. */
export const unreadableSecretMessage =
  'The signing secret cannot be read: it was encrypted with another AUTH_SECRET. Delete this webhook and add it again.'

/** The refusal to tell a secret that cannot be read. */
export function unreadableSecret(): Refusal {
  return new Refusal({ kind: 'conflict', type: 'webhook_secret_unreadable', message: unreadableSecretMessage })
}
