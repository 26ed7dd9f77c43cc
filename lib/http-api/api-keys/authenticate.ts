import { timingSafeEqual } from 'node:crypto'
import { and, eq, isNull, lt, or, sql } from 'drizzle-orm'
import { database } from '@/db/client'
import { apiKeys } from '@/db/schema/api-keys'
import { acrossWorkspaces } from '@/db/scope'
import { logger } from '@/lib/platform/logger'
import { hashSecret, parseApiKey } from './api-key'
import { type KnownApiKey, recallApiKey } from './key-cache'

const minuteMilliseconds = 60_000

/** Who a valid API key stands for. */
export type ApiKeyPrincipal = { workspaceId: string; apiKeyId: string; name: string }

/**
 * Whose key is presented; null for a malformed, unknown or revoked one. Also notes that the key was
 * used, at most once a minute, without making the caller wait for it.
 */
export async function authenticateApiKey(presented: string): Promise<ApiKeyPrincipal | null> {
  const parts = parseApiKey(presented)
  const apiKey =
    parts && (await recallApiKey(parts.publicId, (publicId) => acrossWorkspaces(() => readApiKey(publicId))))
  if (!apiKey || !isSameHash(hashSecret(parts.secret), apiKey.secretHash)) return null
  if (!apiKey.lastUsedAt || apiKey.lastUsedAt.getTime() < Date.now() - minuteMilliseconds) {
    apiKey.lastUsedAt = new Date()
    void acrossWorkspaces(() => noteUse(apiKey))
  }
  return { workspaceId: apiKey.workspaceId, apiKeyId: apiKey.apiKeyId, name: apiKey.name }
}

async function readApiKey(publicId: string): Promise<KnownApiKey | null> {
  const connection = await database()
  const [row] = await connection
    .select({
      workspaceId: apiKeys.workspaceId,
      apiKeyId: apiKeys.apiKeyId,
      name: apiKeys.name,
      secretHash: apiKeys.secretHash,
      lastUsedAt: apiKeys.lastUsedAt,
    })
    .from(apiKeys)
    .where(and(eq(apiKeys.publicId, publicId), isNull(apiKeys.revokedAt)))
  return row ?? null
}

// Both are SHA-256 in hexadecimal, so they have one length.
const isSameHash = (one: string, other: string) => timingSafeEqual(Buffer.from(one), Buffer.from(other))

async function noteUse({ workspaceId, apiKeyId }: KnownApiKey): Promise<void> {
  try {
    const connection = await database()
    await connection
      .update(apiKeys)
      .set({ lastUsedAt: sql`now()` })
      .where(
        and(
          eq(apiKeys.workspaceId, workspaceId),
          eq(apiKeys.apiKeyId, apiKeyId),
          // Another process may just have noted it.
          or(isNull(apiKeys.lastUsedAt), lt(apiKeys.lastUsedAt, sql`now() - interval '1 minute'`)),
        ),
      )
  } catch (error) {
    logger().error({ error }, 'That an API key was used could not be noted')
  }
}
