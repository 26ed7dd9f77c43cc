import type { Role } from '@/lib/platform/permissions'

/** A member as the Members page shows them; times are ISO 8601. */
export type MemberListItem = {
  userId: string
  name: string
  email: string
  role: Role
  joinedAt: string
  /** Whether they have two-factor authentication on; null for who may not know. */
  hasTwoFactor: boolean | null
}

/** What each role may do, in words. */
export const roleDescriptions: Record<Role, string> = {
  owner: 'Everything, members included',
  manager: 'People, links, imports, API keys and webhooks',
  support: 'Look, find out what is wrong, suspend, credentials',
  viewer: 'Look, change nothing',
}

/** For how many days an invitation may be accepted. */
export const invitationDays = 7

/** The roles, the mightiest first. */
export const roles = Object.keys(roleDescriptions) as Role[]

/** What a role is called. */
export function roleName(role: Role): string {
  return role.charAt(0).toUpperCase() + role.slice(1)
}
