import type { actorKinds, EventData } from '@/db/schema/events'

/** Seam's event types where it has them, and our own, named alike, where it does not. */
export const eventTypes = [
  'user_identity.created',
  'user_identity.updated',
  'user_identity.deleted',
  'user_identity.merged',
  'user_identity.unmerged',
  'user_identity.duplicate_dismissed',
  'user_identity.duplicate_restored',
  'user_identity.acs_user_added',
  'user_identity.acs_user_removed',
  'user_identity.moved_in',
  'user_identity.moved_out',
  'user_identity.move_out_planned',
  'user_identity.move_out_canceled',
  'acs_user.created',
  'acs_user.updated',
  'acs_user.suspended',
  'acs_user.unsuspended',
  'acs_user.marked_not_a_person',
  'acs_user.marked_a_person',
  'acs_user.access_granted',
  'acs_user.access_revoked',
  'acs_user.deleted',
  'acs_access_group.user_added',
  'acs_access_group.user_removed',
  'acs_access_group.created',
  'acs_access_group.updated',
  'acs_access_group.deleted',
  'acs_system.added',
  'acs_system.updated',
  'acs_system.deleted',
  'acs_entrance.added',
  'acs_entrance.updated',
  'acs_entrance.removed',
  'acs_credential.issued',
  'acs_credential.updated',
  'acs_credential.assigned',
  'acs_credential.unassigned',
  'acs_credential.deleted',
  'task.completed',
  'task.reopened',
  'workspace.updated',
  'workspace_member.invited',
  'workspace_member.invitation_revoked',
  'workspace_member.added',
  'workspace_member.role_changed',
  'workspace_member.removed',
  'webhook.switched_off',
  'webhook.switched_on',
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

/** An event as a history shows it, with what can be done about the change that it belongs to. */
export type EventEntry = EventListItem & {
  actorKind: (typeof actorKinds)[number]
  requestId: string | null
  acsCredentialId: string | null
  changeId: string | null
  undoesChangeId: string | null
  /** Whether it is of somebody who was merged into another person, and still is. */
  isOfMerged: boolean
  /** Whether its change was taken back, and still is. */
  isUndone: boolean
  /** Whether its whole change can be taken back, as far as its events and the viewer's role tell. */
  isUndoable: boolean
  /** Whether the person that it concerns is still there, so that a link leads somewhere; and so on. */
  isThere: { userIdentity: boolean; acsUser: boolean; acsSystem: boolean }
}

/** Entries of a history, newest first. */
export type EventSlice = {
  entries: EventEntry[]
  /** After which entry it goes on; null at the end. */
  nextCursor: string | null
}

const fieldNames: Record<string, string> = {
  code: 'code',
  full_name: 'full name',
  email_address: 'email address',
  phone_number: 'phone number',
  user_identity_key: 'user identity key',
  access_starts_at: 'start of access',
  access_ends_at: 'end of access',
  starts_at: 'start',
  ends_at: 'end',
  moves_out_at: 'move-out',
  is_suspended: 'suspended',
  access_groups: 'access groups',
  user_identity: 'person',
  second_factor: 'second factor',
  name: 'name',
  display_name: 'name',
  vendor: 'vendor',
  time_zone: 'time zone',
  acs_entrances: 'doors',
  can_unlock_with_mobile_key: 'unlocking with a mobile key',
  can_unlock_with_card: 'unlocking with a card',
  can_unlock_with_code: 'unlocking with a code',
}

/** What a changed field is called in words. */
export function fieldName(field: string): string {
  return fieldNames[field] ?? field
}

/** What changed, field by field, in one cell. */
export function changesInWords(changes: NonNullable<EventData['changes']>): string {
  return Object.entries(changes)
    .map(([field, { from, to }]) => `${fieldName(field)}: ${from ?? 'none'} → ${to ?? 'none'}`)
    .join('; ')
}

const plural = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`

function changedFields(data: EventData): string {
  const fields = Object.keys(data.changes ?? {}).map(fieldName)
  return fields.join(', ') || 'details'
}

/**
 * What happened, as the end of a sentence that begins with the actor's name:
 * "attached Jane Doe in Harbor House to Jane Doe".
 */
export function eventSentence(event: Pick<EventListItem, 'eventType' | 'data'>): string {
  const person = event.data.user_identity_name ?? 'a user identity'
  const acsUser = event.data.acs_user_name ?? 'an ACS user'
  const system = event.data.acs_system_name ? ` in ${event.data.acs_system_name}` : ''
  const called = (what: string, name: string | undefined, unnamed: string) => (name ? `the ${what} ${name}` : unnamed)
  const accessSystem = called('access system', event.data.acs_system_name, 'an access system')
  const door = called('door', event.data.acs_entrance_name, 'an entrance')
  const theGroup = called('access group', event.data.acs_access_group_name, 'an access group')
  const member = event.data.member
  const task = event.data.task ? `the task “${event.data.task.to_do}”` : `a task about ${acsUser}`
  const group = event.data.acs_access_group_name ?? 'an access group'
  const webhook = event.data.webhook ? `the webhook to ${event.data.webhook.host}` : 'a webhook'
  // A credential may be nobody's.
  const ofHolder = (preposition: string) =>
    event.data.acs_user_name ? ` ${preposition} ${event.data.acs_user_name}` : ''
  switch (event.eventType as EventType) {
    case 'user_identity.created':
      return event.data.is_restored ? `brought ${person} back` : `created ${person}`
    case 'user_identity.updated':
      return `changed the ${changedFields(event.data)} of ${person}`
    case 'user_identity.deleted': {
      const gone = event.data.deleted
      return `deleted ${person}${
        gone?.acs_users
          ? ` with ${plural(gone.acs_users, 'ACS user')} and ${plural(gone.acs_credentials, 'credential')}`
          : ''
      }`
    }
    case 'user_identity.merged':
      return `merged ${event.data.merged?.name ?? 'another user identity'} into ${person}`
    case 'user_identity.unmerged':
      return `separated ${person} from ${event.data.merged?.into_name ?? 'another user identity'} again`
    case 'user_identity.duplicate_dismissed':
      return `noted that ${person} and ${event.data.other_person?.name ?? 'somebody'} are two people`
    case 'user_identity.duplicate_restored':
      return `took back that ${person} and ${event.data.other_person?.name ?? 'somebody'} are two people`
    case 'user_identity.acs_user_added':
      return `attached ${acsUser}${system} to ${person}`
    case 'user_identity.acs_user_removed':
      return `detached ${acsUser}${system} from ${person}`
    case 'user_identity.moved_in':
      return `moved ${person} in`
    case 'user_identity.moved_out':
      return `moved ${person} out`
    case 'user_identity.move_out_planned':
      return `planned the move-out of ${person}`
    case 'user_identity.move_out_canceled':
      return `canceled the move-out of ${person}`
    case 'acs_user.created':
      return `${event.data.is_restored ? 'brought back' : 'created'} the ACS user ${acsUser}${system}`
    case 'acs_user.updated':
      return `changed the ${changedFields(event.data)} of the ACS user ${acsUser}${system}`
    case 'acs_user.suspended':
      return `suspended the ACS user ${acsUser}${system}`
    case 'acs_user.unsuspended':
      return `lifted the suspension of the ACS user ${acsUser}${system}`
    case 'acs_user.marked_not_a_person':
      return `marked ${acsUser}${system} as not a person`
    case 'acs_user.marked_a_person':
      return `marked ${acsUser}${system} as a person again`
    case 'acs_user.access_granted':
      if (event.data.revoked) return `gave ${acsUser}${system} back the entrances of its credentials`
      return `gave ${acsUser}${system} access to ${event.data.acs_entrance_name ?? 'an entrance'}`
    case 'acs_user.access_revoked':
      return `took from ${acsUser}${system} the access to ${event.data.acs_entrance_name ?? 'all entrances'}`
    case 'acs_user.deleted':
      return `deleted the ACS user ${acsUser}${system}`
    case 'acs_access_group.user_added':
      return `added ${acsUser}${system} to ${group}`
    case 'acs_access_group.user_removed':
      return `removed ${acsUser}${system} from ${group}`
    case 'acs_credential.issued':
      return `issued a credential${ofHolder('to')}${system}`
    case 'acs_credential.updated':
      return `changed the ${changedFields(event.data)} of a credential${ofHolder('of')}${system}`
    case 'acs_credential.assigned':
      return `assigned a credential${ofHolder('to')}${system}`
    case 'acs_credential.unassigned':
      return `took a credential${ofHolder('from')}${system}`
    case 'acs_credential.deleted':
      return `deleted a credential${ofHolder('of')}${system}`
    case 'acs_system.added':
      return event.data.is_restored ? `brought back ${accessSystem}` : `added ${accessSystem}`
    case 'acs_system.updated':
      return `changed the ${changedFields(event.data)} of ${accessSystem}`
    case 'acs_system.deleted':
      return `removed ${accessSystem}`
    case 'acs_entrance.added':
      return `${event.data.is_restored ? 'brought back' : 'added'} ${door}${system}`
    case 'acs_entrance.updated':
      return `changed the ${changedFields(event.data)} of ${door}${system}`
    case 'acs_entrance.removed':
      return `removed ${door}${system}`
    case 'acs_access_group.created':
      return `${event.data.is_restored ? 'brought back' : 'created'} ${theGroup}${system}`
    case 'acs_access_group.updated':
      return `changed the ${changedFields(event.data)} of ${theGroup}${system}`
    case 'acs_access_group.deleted':
      return `removed ${theGroup}${system}`
    case 'task.completed':
      return `ticked off ${task}${system}`
    case 'task.reopened':
      return `reopened ${task}${system}`
    case 'workspace.updated':
      return 'changed the settings of the workspace'
    case 'workspace_member.invited':
      return `invited ${member?.name ?? 'somebody'} as ${member?.role ?? 'a member'}`
    case 'workspace_member.invitation_revoked':
      return `revoked the invitation of ${member?.name ?? 'somebody'}`
    case 'workspace_member.added':
      return `joined the workspace as ${member?.role ?? 'a member'}`
    case 'workspace_member.role_changed':
      return `changed the role of ${member?.name ?? 'a member'} to ${member?.role ?? 'another'}`
    case 'workspace_member.removed':
      return member?.has_left ? 'left the workspace' : `removed ${member?.name ?? 'a member'} from the workspace`
    case 'webhook.switched_off':
      return `switched off ${webhook}, which did not answer`
    case 'webhook.switched_on':
      return `switched ${webhook} on again`
  }
  return event.eventType
}
