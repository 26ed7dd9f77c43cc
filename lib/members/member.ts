import { z } from 'zod'
import { memberRoles } from '@/db/schema/workspaces'
import type { Role } from '../auth/permissions'

/** A member as the Members page shows them; times are ISO 8601. */
export type MemberListItem = {
  userId: string
  name: string
  email: string
  role: Role
  joinedAt: string
}

/** What each role may do, in words. */
export const roleDescriptions: Record<Role, string> = {
  owner: 'Everything, members included',
  manager: 'People, links, imports, API keys and webhooks',
  support: 'Look, find out what is wrong, suspend, credentials',
  viewer: 'Look, change nothing',
}

/** The roles, the mightiest first. */
export const roles: readonly Role[] = memberRoles

/** One of the four roles. */
export const roleSchema = z.enum(memberRoles, { error: 'Choose a role from the list.' })

/** What a role is called. */
export function roleName(role: Role): string {
  return role.charAt(0).toUpperCase() + role.slice(1)
}
