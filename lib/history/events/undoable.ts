import type { EventData } from '@/db/schema/events'
import type { Permission } from '@/lib/platform/permissions'
import type { EventType } from './event'

/** As much of an event as tells whether it can be taken back. */
export type Fact = {
  eventType: string
  /** Of the credential that it keeps. */
  accessMethod: string | null
  /** Whether that credential was deleted because its ACS user was. */
  wentWithAcsUser: boolean
  changesCode: boolean
  /** Whether it keeps what was deleted or revoked. */
  keepsWhatWas: boolean
  /** Whether it is a creation that brought back what had been deleted. */
  isRestored: boolean
}

/** Under what an event keeps what it deleted or revoked. */
export const keepsWhatWas = [
  'identity',
  'acs_user',
  'revoked',
  'acs_system',
  'acs_entrance',
  'acs_access_group',
] as const satisfies (keyof EventData)[]

/** What of an event tells whether it can be taken back. */
export function factOf({ eventType, data }: { eventType: string; data: EventData }): Fact {
  return {
    eventType,
    accessMethod: data.credential?.access_method ?? null,
    wentWithAcsUser: data.credential?.went_with_acs_user ?? false,
    changesCode: data.changes?.code !== undefined,
    keepsWhatWas: keepsWhatWas.some((kept) => data[kept] !== undefined),
    isRestored: data.is_restored ?? false,
  }
}

/** Settings, such as what a door is called: they're changed where they were made. */
type NeverUndone = Extract<
  EventType,
  | `workspace${string}`
  | `webhook.${string}`
  | `acs_system.${'added' | 'updated'}`
  | `acs_entrance.${'added' | 'updated'}`
  | `acs_access_group.${'created' | 'updated'}`
>

/** What an admin must be permitted to do to take an event of each other type back. */
const permissionsToUndo: Record<Exclude<EventType, NeverUndone>, Permission> = {
  'user_identity.created': 'identity.write',
  'user_identity.updated': 'identity.write',
  'user_identity.deleted': 'identity.delete',
  'user_identity.merged': 'identity.merge',
  'user_identity.unmerged': 'identity.merge',
  'user_identity.duplicate_dismissed': 'identity.merge',
  'user_identity.duplicate_restored': 'identity.merge',
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
  'acs_user.deleted': 'acs_user.create',
  'acs_access_group.user_added': 'acs_user.write',
  'acs_access_group.user_removed': 'acs_user.write',
  'acs_system.deleted': 'access_system.manage',
  'acs_entrance.removed': 'access_system.manage',
  'acs_access_group.deleted': 'access_system.manage',
  'acs_credential.issued': 'credential.manage',
  'acs_credential.updated': 'credential.manage',
  'acs_credential.assigned': 'credential.manage',
  'acs_credential.unassigned': 'credential.manage',
  'acs_credential.deleted': 'credential.manage',
  'task.completed': 'acs_user.write',
  'task.reopened': 'acs_user.write',
}

/** What an admin must be permitted to do to take an event back; null where nobody can. */
export function permissionToUndo({ eventType, isRestored }: Fact): Permission | null {
  if (eventType === 'user_identity.created' && isRestored) return 'identity.delete'
  return permissionsToUndo[eventType as keyof typeof permissionsToUndo] ?? null
}

/** Why an event can never be taken back, in words; null where it can, as long as nothing later contradicts. */
export function whyNotUndoable(fact: Fact): string | null {
  const { eventType, accessMethod, keepsWhatWas } = fact
  switch (eventType as EventType) {
    case 'user_identity.deleted':
      return keepsWhatWas ? null : 'This deletion of a person cannot be undone: what they had is not kept.'
    case 'acs_user.deleted':
      return keepsWhatWas ? null : 'This deletion of an ACS user cannot be undone: what it had is not kept.'
    case 'acs_credential.deleted':
      if (accessMethod === 'mobile_key' || fact.wentWithAcsUser) return null
      return accessMethod
        ? 'The deletion of a card or door code cannot be undone: what it was is not kept.'
        : 'The deletion of this credential cannot be undone: what it was is not kept.'
    case 'acs_credential.updated':
      return fact.changesCode ? 'The change of a door code cannot be undone: the code is not kept.' : null
    case 'acs_user.access_revoked':
      return keepsWhatWas ? null : 'This loss of access cannot be undone: what opened the doors is not kept.'
  }
  if (eventType.startsWith('workspace')) {
    return 'What concerns the workspace and its members cannot be undone here. Change it in the settings.'
  }
  if (eventType in permissionsToUndo) return null
  return eventType.startsWith('acs_')
    ? 'This cannot be undone here. Change it in the settings of the access system.'
    : 'This cannot be undone.'
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
