import { sql } from 'drizzle-orm'
import { check, foreignKey, index, integer, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { ofOneWorkspaceOrServer } from './wall'
import { workspaces } from './workspaces'

/** What a program proves itself with in one workspace. Only the hash of its secret is kept. */
export const apiKeys = pgTable(
  'api_keys',
  {
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.workspaceId, { onDelete: 'cascade' }),
    apiKeyId: uuid('api_key_id').notNull(),
    name: text('name').notNull(),
    /** The middle part of `seam_<id>_<secret>`, by which a key is looked up. */
    publicId: text('public_id').notNull().unique('api_keys_public_id_unique'),
    /** SHA-256, hexadecimal. */
    secretHash: text('secret_hash').notNull(),
    /** The name of who made it, as it was then. */
    createdBy: text('created_by').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    /** Right to the minute: it is not written for every request. */
    lastUsedAt: timestamp('last_used_at', { withTimezone: true }),
    revokedAt: timestamp('revoked_at', { withTimezone: true }),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.apiKeyId] }),
    check('api_keys_secret_hash_format', sql`${table.secretHash} ~ '^[0-9a-f]{64}$'`),
    check('api_keys_name_not_blank', sql`${table.name} ~ '[^[:space:]]'`),
    ofOneWorkspaceOrServer(table.workspaceId),
  ],
)

/** Answers to requests with an `Idempotency-Key`, kept for a day so that a repetition gets the same one. */
export const idempotentRequests = pgTable(
  'idempotent_requests',
  {
    workspaceId: uuid('workspace_id').notNull(),
    apiKeyId: uuid('api_key_id').notNull(),
    idempotencyKey: text('idempotency_key').notNull(),
    /** SHA-256 of path and body, hexadecimal; `sealed` where it lies in `sealed_answer`. */
    requestHash: text('request_hash').notNull(),
    /** Of a request that tells a secret: its hash and its answer, encrypted; then there is no other. */
    sealedAnswer: text('sealed_answer'),
    /** Null until the request is answered, which nobody but its own transaction sees. */
    responseStatus: integer('response_status'),
    responseBody: text('response_body'),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.apiKeyId, table.idempotencyKey] }),
    foreignKey({
      name: 'idempotent_requests_api_key_fk',
      columns: [table.workspaceId, table.apiKeyId],
      foreignColumns: [apiKeys.workspaceId, apiKeys.apiKeyId],
    }).onDelete('cascade'),
    index('idempotent_requests_by_age').on(table.createdAt),
    ofOneWorkspaceOrServer(table.workspaceId),
  ],
)
