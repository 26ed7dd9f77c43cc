import type { Role } from '@/lib/platform/permissions'

/** A workspace as one of its members sees it. */
export type Workspace = {
  workspaceId: string
  slug: string
  name: string
  isSandbox: boolean
  /** ISO 3166-1 alpha-2. */
  defaultCountry: string
  /** Whether it lets in only members who have shown a second factor, or signed in by a passkey. */
  requiresSecondFactor: boolean
  role: Role
}

/** The slug of the demo's workspace; no other workspace gets it. */
export const demoSlug = 'demo'
