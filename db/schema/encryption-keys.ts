import { pgTable, text, timestamp } from 'drizzle-orm/pg-core'

/** The secrets that something here may be encrypted with, by ids that tell nothing of them. */
export const encryptionKeys = pgTable('encryption_keys', {
  keyId: text('key_id').primaryKey(),
  firstUsedAt: timestamp('first_used_at', { withTimezone: true }).notNull().defaultNow(),
})
