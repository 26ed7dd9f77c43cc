import { sql } from 'drizzle-orm'
import { boolean, check, index, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { users } from './accounts'
import { oneOf } from './columns'
import { ofOneWorkspaceOrServer } from './wall'

/** The tenant: everything that describes a person or a door belongs to exactly one workspace. */
export const workspaces = pgTable(
  'workspaces',
  {
    workspaceId: uuid('workspace_id').primaryKey(),
    slug: text('slug').notNull().unique('workspaces_slug_unique'),
    name: text('name').notNull(),
    /** A sandbox may be reset; a live workspace never. */
    isSandbox: boolean('is_sandbox').notNull().default(false),
    /** ISO 3166-1 alpha-2; says how a phone number without a country code is read. */
    defaultCountry: text('default_country').notNull().default('US'),
    /** Whether it lets in only members who have shown a second factor, or signed in by a passkey. */
    requiresSecondFactor: boolean('requires_second_factor').notNull().default(false),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    check('workspaces_slug_format', sql`${table.slug} ~ '^[a-z0-9]([a-z0-9-]*[a-z0-9])?$'`),
    check('workspaces_default_country_format', sql`${table.defaultCountry} ~ '^[A-Z]{2}$'`),
    ofOneWorkspaceOrServer(table.workspaceId),
  ],
)

export const memberRoles = ['owner', 'manager', 'support', 'viewer'] as const

/** Who may enter a workspace, and as what. */
export const workspaceMembers = pgTable(
  'workspace_members',
  {
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.workspaceId, { onDelete: 'cascade' }),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    role: text('role', { enum: memberRoles }).notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.userId] }),
    index('workspace_members_user').on(table.userId),
    check('workspace_members_role', oneOf(table.role, memberRoles)),
    ofOneWorkspaceOrServer(table.workspaceId),
  ],
)

/** A link by which somebody becomes a member, once. Only the hash of its secret is kept. */
export const workspaceInvitations = pgTable(
  'workspace_invitations',
  {
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.workspaceId, { onDelete: 'cascade' }),
    invitationId: uuid('invitation_id').notNull(),
    role: text('role', { enum: memberRoles }).notNull(),
    /** In lower case: only who signs in with this address may accept. Null: whoever has the link. */
    email: text('email'),
    /** SHA-256, hexadecimal. */
    tokenHash: text('token_hash').notNull().unique('workspace_invitations_token_hash_unique'),
    /** The name of who invited, as it was then. */
    createdBy: text('created_by').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
    acceptedAt: timestamp('accepted_at', { withTimezone: true }),
    revokedAt: timestamp('revoked_at', { withTimezone: true }),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.invitationId] }),
    check('workspace_invitations_role', oneOf(table.role, memberRoles)),
    check('workspace_invitations_token_hash_format', sql`${table.tokenHash} ~ '^[0-9a-f]{64}$'`),
    check('workspace_invitations_email_lower_case', sql`${table.email} = lower(${table.email})`),
    check('workspace_invitations_used_once', sql`${table.acceptedAt} is null or ${table.revokedAt} is null`),
    ofOneWorkspaceOrServer(table.workspaceId),
  ],
)
