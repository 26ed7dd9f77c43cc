import { sql } from 'drizzle-orm'
import { boolean, check, index, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { users } from './accounts'
import { oneOf } from './columns'

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
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    check('workspaces_slug_format', sql`${table.slug} ~ '^[a-z0-9]([a-z0-9-]*[a-z0-9])?$'`),
    check('workspaces_default_country_format', sql`${table.defaultCountry} ~ '^[A-Z]{2}$'`),
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
  ],
)
