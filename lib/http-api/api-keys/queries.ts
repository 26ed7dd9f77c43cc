import { desc, eq } from 'drizzle-orm'
import { database } from '@/db/client'
import { apiKeys } from '@/db/schema/api-keys'
import type { ApiKeyListItem } from './api-key'
import { toListItem } from './list-item'

/** A workspace's API keys, revoked ones included, newest first. */
export async function listApiKeys(workspaceId: string): Promise<ApiKeyListItem[]> {
  const connection = await database()
  const rows = await connection
    .select()
    .from(apiKeys)
    .where(eq(apiKeys.workspaceId, workspaceId))
    .orderBy(desc(apiKeys.createdAt), desc(apiKeys.apiKeyId))
  return rows.map(toListItem)
}
