import type { memberRoles } from '@/db/schema/workspaces'

export type Role = (typeof memberRoles)[number]

/** What an admin may do beyond looking: the one table of who may do what. */
const permissions = {
  'identity.write': ['owner', 'manager'],
  'identity.delete': ['owner', 'manager'],
  'identity.merge': ['owner', 'manager'],
  'identity.import': ['owner', 'manager'],
  'identity.move': ['owner', 'manager', 'support'],
  'acs_user.link': ['owner', 'manager', 'support'],
  'acs_user.create': ['owner', 'manager'],
  'acs_user.suspend': ['owner', 'manager', 'support'],
  /** Schedule, access groups and profile of an ACS user. */
  'acs_user.write': ['owner', 'manager', 'support'],
  'credential.manage': ['owner', 'manager', 'support'],
  /** An access system that's kept by hand: its details, doors and access groups. */
  'access_system.manage': ['owner', 'manager'],
  'api_key.manage': ['owner', 'manager'],
  'webhook.manage': ['owner', 'manager'],
  'workspace.reset': ['owner', 'manager'],
  /** Name and country. */
  'workspace.write': ['owner'],
  /** Invite, change a role, remove. */
  'member.manage': ['owner'],
} as const satisfies Record<string, readonly Role[]>

export type Permission = keyof typeof permissions

/** Whether a role may do something. */
export function may(role: Role, permission: Permission): boolean {
  return (permissions[permission] as readonly Role[]).includes(role)
}
