import type { EventType } from './event'

/** The kinds of events by which a history is filtered, in words. */
export const eventKinds = {
  person: {
    name: 'Person',
    types: [
      'user_identity.created',
      'user_identity.updated',
      'user_identity.deleted',
      'user_identity.merged',
      'user_identity.unmerged',
      'user_identity.duplicate_dismissed',
      'user_identity.duplicate_restored',
    ],
  },
  links: { name: 'Links', types: ['user_identity.acs_user_added', 'user_identity.acs_user_removed'] },
  moves: {
    name: 'Moves',
    types: [
      'user_identity.moved_in',
      'user_identity.moved_out',
      'user_identity.move_out_planned',
      'user_identity.move_out_canceled',
    ],
  },
  acs_users: {
    name: 'ACS users',
    types: [
      'acs_user.created',
      'acs_user.updated',
      'acs_user.suspended',
      'acs_user.unsuspended',
      'acs_user.marked_not_a_person',
      'acs_user.marked_a_person',
      'acs_user.deleted',
    ],
  },
  access: {
    name: 'Access',
    types: [
      'acs_user.access_granted',
      'acs_user.access_revoked',
      'acs_access_group.user_added',
      'acs_access_group.user_removed',
    ],
  },
  credentials: {
    name: 'Credentials',
    types: [
      'acs_credential.issued',
      'acs_credential.updated',
      'acs_credential.assigned',
      'acs_credential.unassigned',
      'acs_credential.deleted',
    ],
  },
  access_systems: {
    name: 'Access systems',
    types: [
      'acs_system.added',
      'acs_system.updated',
      'acs_system.deleted',
      'acs_entrance.added',
      'acs_entrance.updated',
      'acs_entrance.removed',
      'acs_access_group.created',
      'acs_access_group.updated',
      'acs_access_group.deleted',
    ],
  },
  tasks: { name: 'Tasks', types: ['task.completed', 'task.reopened'] },
  workspace: {
    name: 'Workspace and members',
    types: [
      'workspace.updated',
      'workspace_member.invited',
      'workspace_member.invitation_revoked',
      'workspace_member.added',
      'workspace_member.role_changed',
      'workspace_member.removed',
    ],
  },
  webhooks: { name: 'Webhooks', types: ['webhook.switched_off', 'webhook.switched_on'] },
} as const satisfies Record<string, { name: string; types: readonly EventType[] }>

export type EventKind = keyof typeof eventKinds

/** The kind that an address names; null for every kind, and for what names none. */
export function readEventKind(given: string | null): EventKind | null {
  return given !== null && Object.hasOwn(eventKinds, given) ? (given as EventKind) : null
}
