import type { apiKeys } from '@/db/schema/api-keys'
import type { ApiKeyListItem } from './api-key'

/** An API key's row, without its hash, as pages show it. */
export function toListItem(row: typeof apiKeys.$inferSelect): ApiKeyListItem {
  return {
    apiKeyId: row.apiKeyId,
    name: row.name,
    shortenedKey: `seam_${row.publicId}_…`,
    createdBy: row.createdBy,
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
  }
}
