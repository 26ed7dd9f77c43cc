import type { EventData } from '@/db/schema/events'

/** Seam's event types where it has them, `user_identity.*` of our own where it does not. */
export const eventTypes = [
  'user_identity.created',
  'user_identity.updated',
  'user_identity.deleted',
  'user_identity.acs_user_added',
  'user_identity.acs_user_removed',
  'acs_user.created',
  'acs_user.deleted',
  'acs_credential.issued',
  'acs_credential.deleted',
] as const

export type EventType = (typeof eventTypes)[number]

/** An event as a page shows it. */
export type EventListItem = {
  eventId: string
  eventType: string
  occurredAt: string
  actorName: string
  userIdentityId: string | null
  acsSystemId: string | null
  acsUserId: string | null
  data: EventData
}

const fieldNames: Record<string, string> = {
  full_name: 'full name',
  email_address: 'email address',
  phone_number: 'phone number',
  user_identity_key: 'user identity key',
}

const plural = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`

/**
 * What happened, as the end of a sentence that begins with the actor's name:
 * "attached Jane Doe in Harbor House to Jane Doe".
 */
export function eventSentence(event: Pick<EventListItem, 'eventType' | 'data'>): string {
  const person = event.data.user_identity_name ?? 'a user identity'
  const acsUser = event.data.acs_user_name ?? 'an ACS user'
  const system = event.data.acs_system_name ? ` in ${event.data.acs_system_name}` : ''
  switch (event.eventType as EventType) {
    case 'user_identity.created':
      return `created ${person}`
    case 'user_identity.updated': {
      const fields = Object.keys(event.data.changes ?? {}).map((field) => fieldNames[field] ?? field)
      return `changed the ${fields.join(', ') || 'details'} of ${person}`
    }
    case 'user_identity.deleted': {
      const gone = event.data.deleted
      return `deleted ${person}${
        gone ? ` with ${plural(gone.acs_users, 'ACS user')} and ${plural(gone.acs_credentials, 'credential')}` : ''
      }`
    }
    case 'user_identity.acs_user_added':
      return `attached ${acsUser}${system} to ${person}`
    case 'user_identity.acs_user_removed':
      return `detached ${acsUser}${system} from ${person}`
    case 'acs_user.created':
      return `created the ACS user ${acsUser}${system}`
    case 'acs_user.deleted':
      return `deleted the ACS user ${acsUser}${system}`
    case 'acs_credential.issued':
      return `issued a credential to ${acsUser}${system}`
    case 'acs_credential.deleted':
      return `deleted a credential of ${acsUser}${system}`
  }
  return event.eventType
}
