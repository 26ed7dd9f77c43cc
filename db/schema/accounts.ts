import { sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  bigint,
  boolean,
  check,
  index,
  integer,
  pgTable,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core'

/*
 * The tables of better-auth (sign-in), and what we keep beside them. Property names are the ones the
 * library reads and writes; only table and column names are ours.
 */

/** A person who may sign in to the dashboard: an admin, never a user identity. */
export const users = pgTable('users', {
  id: uuid('user_id').primaryKey(),
  name: text('name').notNull(),
  email: text('email').notNull().unique('users_email_unique'),
  emailVerified: boolean('email_verified').notNull().default(false),
  image: text('image'),
  /** Whether signing in by password also asks for a code; then there is a verified row in `two_factors`. */
  twoFactorEnabled: boolean('two_factor_enabled').notNull().default(false),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  updatedAt: timestamp('updated_at', { withTimezone: true }).notNull().defaultNow(),
})

export const sessions = pgTable(
  'sessions',
  {
    id: uuid('session_id').primaryKey(),
    token: text('token').notNull().unique('sessions_token_unique'),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** The workspace this session looks at; null means the member's first one. */
    activeWorkspaceId: uuid('active_workspace_id'),
    /** The passkey that opened it; null where a password did, and once that passkey was removed. */
    passkeyId: uuid('passkey_id').references((): AnyPgColumn => passkeys.id, { onDelete: 'set null' }),
    /** Whether its owner has shown a code in it; null: opened by an older version, with a code where that was on. */
    secondFactor: boolean('second_factor'),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
    ipAddress: text('ip_address'),
    userAgent: text('user_agent'),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    updatedAt: timestamp('updated_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [index('sessions_user').on(table.userId), index('sessions_passkey').on(table.passkeyId)],
)

/** How a user proves who they are; for `credential` accounts, the password's hash. */
export const accounts = pgTable(
  'accounts',
  {
    id: uuid('account_id').primaryKey(),
    accountId: text('provider_account_id').notNull(),
    providerId: text('provider_id').notNull(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    accessToken: text('access_token'),
    refreshToken: text('refresh_token'),
    idToken: text('id_token'),
    accessTokenExpiresAt: timestamp('access_token_expires_at', { withTimezone: true }),
    refreshTokenExpiresAt: timestamp('refresh_token_expires_at', { withTimezone: true }),
    scope: text('scope'),
    password: text('password'),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    updatedAt: timestamp('updated_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [index('accounts_user').on(table.userId)],
)

export const verifications = pgTable(
  'verifications',
  {
    id: uuid('verification_id').primaryKey(),
    identifier: text('identifier').notNull(),
    value: text('value').notNull(),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    updatedAt: timestamp('updated_at', { withTimezone: true }).notNull().defaultNow(),
  },
  // By the second, those that are out of date are found.
  (table) => [
    index('verifications_identifier').on(table.identifier),
    index('verifications_by_expiry').on(table.expiresAt),
  ],
)

/** A link by which a forgotten password is replaced, once. Only the hash of its secret is kept. */
export const passwordResets = pgTable(
  'password_resets',
  {
    /** SHA-256, hexadecimal. */
    tokenHash: text('token_hash').primaryKey(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    index('password_resets_user').on(table.userId),
    check('password_resets_token_hash_format', sql`${table.tokenHash} ~ '^[0-9a-f]{64}$'`),
  ],
)

/** The authenticator app of a user, and their recovery codes. */
export const twoFactors = pgTable('two_factors', {
  id: uuid('two_factor_id').primaryKey(),
  userId: uuid('user_id')
    .notNull()
    .unique('two_factors_user_unique')
    .references(() => users.id, { onDelete: 'cascade' }),
  /** What the app shares with us, encrypted. */
  secret: text('secret').notNull(),
  /** Those not used yet, hashed, as a list in JSON, encrypted; older versions left out the hashing. */
  backupCodes: text('recovery_codes').notNull(),
  /** Whether a code of the app was given once; until then, signing in does not ask for one. */
  verified: boolean('verified').notNull().default(false),
  /** The half minute, counted from 1970, of the newest code that was accepted: none counts twice. */
  lastStep: bigint('last_step', { mode: 'number' }),
  // The library insists on these two, and leaves them as they are: wrong codes are counted in `failed_attempts`.
  failedVerificationCount: integer('failed_verification_count').notNull().default(0),
  lockedUntil: timestamp('locked_until', { withTimezone: true }),
})

/** A key on somebody's device or in their password manager, by which they sign in instead of a password. */
export const passkeys = pgTable(
  'passkeys',
  {
    id: uuid('passkey_id').primaryKey(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** What its owner calls it. */
    name: text('name').notNull(),
    /** By this its browser knows it; base64url. */
    credentialId: text('credential_id').notNull().unique('passkeys_credential_id_unique'),
    /** COSE, base64url. */
    publicKey: text('public_key').notNull(),
    /** How often it was used, as far as it counts that: a number that does not grow betrays a copy. */
    counter: bigint('counter', { mode: 'number' }).notNull(),
    /** How browsers reach it, such as `internal`. */
    transports: text('transports').array().notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    lastUsedAt: timestamp('last_used_at', { withTimezone: true }),
  },
  (table) => [
    index('passkeys_user').on(table.userId),
    check('passkeys_name_not_blank', sql`${table.name} ~ '[^[:space:]]'`),
  ],
)

/** How often somebody's password was given wrongly, and until when it is not looked at. */
export const failedAttempts = pgTable(
  'failed_attempts',
  {
    /** SHA-256 of whose password it is, hexadecimal. */
    key: text('key').primaryKey(),
    failures: integer('failures').notNull(),
    lastFailedAt: timestamp('last_failed_at', { withTimezone: true }).notNull(),
    lockedUntil: timestamp('locked_until', { withTimezone: true }).notNull(),
  },
  // By it, those that are over are found.
  (table) => [index('failed_attempts_by_time').on(table.lastFailedAt)],
)

/** Not used any more; the version before counts sign-ins by client address here. */
export const rateLimits = pgTable('rate_limits', {
  id: uuid('rate_limit_id').primaryKey(),
  key: text('key').notNull().unique('rate_limits_key_unique'),
  count: integer('count').notNull(),
  lastRequest: bigint('last_request', { mode: 'number' }).notNull(),
})
