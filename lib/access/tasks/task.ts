import type { EventData } from '@/db/schema/events'
import { type EventType, fieldName } from '@/lib/history/events/event'

/** Something that somebody has to program at the panel of an access system that's kept by hand, or has. */
export type Task = {
  eventId: string
  /** What to do at the panel, in words: "Put Ann Bell into Residents". */
  toDo: string
  /** The values to program, field by field: before and after. */
  changes: NonNullable<EventData['changes']>
  acsSystemId: string
  acsSystemName: string
  /** Null where the ACS user isn't there any more. */
  acsUser: { acsUserId: string; displayName: string } | null
  person: { userIdentityId: string; displayName: string } | null
  /** Who caused it by a change, and when. */
  actorName: string
  occurredAt: string
  doneAt: string | null
  doneBy: string | null
}

/** What is known of the credential that a task is about, as far as it's still there. */
type CredentialOfTask = { accessMethod: 'mobile_key' | 'card' | 'code'; cardNumber: string | null }

const methodNames = { mobile_key: 'mobile key', card: 'card', code: 'door code' }
const scheduleFields = ['access_starts_at', 'access_ends_at']
const validityFields = ['starts_at', 'ends_at']

/** What an event asks somebody to do at the panel, as an order: "Program card 28731 for Ann Bell". */
export function taskSentence(
  { eventType, data }: { eventType: string; data: EventData },
  credential: CredentialOfTask | null = null,
): string {
  const name = data.acs_user_name ?? 'an ACS user'
  const group = data.acs_access_group_name ?? 'an access group'
  const fields = Object.keys(data.changes ?? {})
  const [a, the] = keyNames(credential, data)
  switch (eventType as EventType) {
    case 'acs_user.created':
      return data.is_restored ? `Add ${name} again` : `Add ${name}`
    case 'acs_user.deleted':
      return `Remove ${name}`
    case 'acs_user.suspended':
      return `Suspend ${name}`
    case 'acs_user.unsuspended':
      return `Lift the suspension of ${name}`
    case 'acs_user.updated':
      // At the panel, they still have the name of before.
      return `Change the ${changedFields(fields, scheduleFields, 'schedule')} of ${data.changes?.full_name?.from ?? name}`
    case 'acs_user.access_granted':
      if (data.acs_entrance_name) return `Give ${name} access to ${data.acs_entrance_name}`
      return `Give the credentials of ${name} their doors back`
    case 'acs_user.access_revoked':
      if (data.acs_entrance_name) return `Take access to ${data.acs_entrance_name} away from ${name}`
      if (data.revoked && onlyOfCredentials(data.revoked)) return `Take the doors of the credentials of ${name} away`
      return `Take access to all doors away from ${name}`
    case 'acs_access_group.user_added':
      return `Put ${name} into ${group}`
    case 'acs_access_group.user_removed':
      return `Take ${name} out of ${group}`
    case 'acs_credential.issued':
    case 'acs_credential.assigned':
      return `Program ${a} for ${name}`
    case 'acs_credential.updated':
      if (fields.includes('code')) return `Change ${the} of ${name}`
      return `Change the ${changedFields(fields, validityFields, 'validity')} of ${the} of ${name}`
    case 'acs_credential.unassigned':
    case 'acs_credential.deleted':
      return `Take ${the} away from ${name}`
  }
  return `Change ${name}`
}

const onlyOfCredentials = (revoked: NonNullable<EventData['revoked']>) =>
  revoked.acs_access_group_ids.length + revoked.acs_entrance_ids.length === 0

/** What a credential is called, with its article: "a card", "the card"; one with a number is "card 28731" alone. */
function keyNames(credential: CredentialOfTask | null, data: EventData): [a: string, the: string] {
  const method = credential?.accessMethod ?? data.credential?.access_method
  const name = method ? methodNames[method] : 'credential'
  const numbered = credential?.cardNumber ? `${name} ${credential.cardNumber}` : null
  return [numbered ?? `a ${name}`, numbered ?? `the ${name}`]
}

/** Which fields changed, in words; both ends of a span of time have one name. */
function changedFields(fields: string[], span: string[], spanName: string): string {
  const names = fields.map((field) => (span.includes(field) ? spanName : fieldName(field)))
  return [...new Set(names)].join(', ') || 'details'
}
