import type { EventData } from '@/db/schema/events'
import type { Permission } from '../auth/permissions'
import type { EventType } from '../events/event'

type Fact = { eventType: string; data: EventData }

/** What an admin must be permitted to do to take an event of each type back; null where nobody can. */
const permissionsToUndo: Record<EventType, Permission | null> = {
  'user_identity.created': 'identity.write',
  'user_identity.updated': 'identity.write',
  'user_identity.deleted': null,
  'user_identity.acs_user_added': 'acs_user.link',
  'user_identity.acs_user_removed': 'acs_user.link',
  'user_identity.moved_in': 'identity.move',
  'user_identity.moved_out': 'identity.move',
  'user_identity.move_out_planned': 'identity.move',
  'user_identity.move_out_canceled': 'identity.move',
  'acs_user.created': 'acs_user.create',
  'acs_user.updated': 'acs_user.write',
  'acs_user.suspended': 'acs_user.suspend',
  'acs_user.unsuspended': 'acs_user.suspend',
  'acs_user.marked_not_a_person': 'acs_user.link',
  'acs_user.marked_a_person': 'acs_user.link',
  'acs_user.access_granted': 'acs_user.write',
  'acs_user.access_revoked': 'acs_user.write',
  'acs_user.deleted': null,
  'acs_access_group.user_added': 'acs_user.write',
  'acs_access_group.user_removed': 'acs_user.write',
  'acs_credential.issued': 'credential.manage',
  'acs_credential.updated': 'credential.manage',
  'acs_credential.assigned': 'credential.manage',
  'acs_credential.unassigned': 'credential.manage',
  'acs_credential.deleted': 'credential.manage',
}

/** What an admin must be permitted to do to take an event back; null where nobody can. */
export function permissionToUndo({ eventType }: Pick<Fact, 'eventType'>): Permission | null {
  return permissionsToUndo[eventType as EventType] ?? null
}

/** Why an event can never be taken back, in words; null where it can, as long as nothing later contradicts. */
export function whyNotUndoable({ eventType, data }: Fact): string | null {
  switch (eventType as EventType) {
    case 'user_identity.deleted':
      return 'The deletion of a person cannot be undone.'
    case 'acs_user.deleted':
      return 'The deletion of an ACS user cannot be undone.'
    case 'acs_credential.deleted':
      if (data.credential?.access_method === 'mobile_key') return null
      return data.credential
        ? 'The deletion of a card or door code cannot be undone: what it was is not kept.'
        : 'The deletion of this credential cannot be undone: what it was is not kept.'
    case 'acs_credential.updated':
      return data.changes?.code ? 'The change of a door code cannot be undone: the code is not kept.' : null
    case 'acs_user.access_revoked':
      return data.revoked ? null : 'This loss of access cannot be undone: what opened the doors is not kept.'
  }
  return eventType in permissionsToUndo ? null : 'This cannot be undone.'
}

/** Whether a change, given all of its events, can be taken back as far as its types and a role tell. */
export function canBeUndone(facts: Fact[], may: (permission: Permission) => boolean): boolean {
  return (
    facts.length > 0 &&
    facts.every((fact) => {
      const permission = permissionToUndo(fact)
      return permission !== null && may(permission) && whyNotUndoable(fact) === null
    })
  )
}
