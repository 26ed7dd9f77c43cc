import { and, eq, isNull, sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { apiKeys } from '@/db/schema/api-keys'
import { workspaces } from '@/db/schema/workspaces'
import type { Actor } from '@/lib/platform/actor'
import { parseInput, uuid } from '@/lib/platform/input'
import { notFound, Refusal } from '@/lib/platform/refusals'
import { inTransaction } from '@/lib/platform/transaction'
import { type ApiKeyListItem, formatApiKey, generateApiKey, hashSecret, newApiKeySchema } from './api-key'
import { forgetApiKey, revokedChannel } from './key-cache'
import { toListItem } from './list-item'

const mostApiKeys = 100

/*
 * Neither command records an event: a key's own row says who made it and when it was revoked, and
 * the workspace's events go out to webhooks, whose receivers need not learn of its keys.
 */

/**
 * Makes an API key. Its whole text is given here and never again: only a hash of the secret is kept.
 *
 * @throws Refusal `invalid_input`, `workspace_not_found`, `too_many_api_keys`
 */
export async function createApiKey(actor: Actor, input: unknown): Promise<{ apiKey: ApiKeyListItem; secret: string }> {
  const { name } = parseInput(newApiKeySchema, input)
  const parts = generateApiKey()
  const apiKey = await inTransaction(async (transaction) => {
    // Held, so that two who make a key at once are counted one after the other.
    const [workspace] = await transaction
      .select({ workspaceId: workspaces.workspaceId })
      .from(workspaces)
      .where(eq(workspaces.workspaceId, actor.workspaceId))
      .for('no key update')
    if (!workspace) throw notFound('workspace')
    const unrevoked = and(eq(apiKeys.workspaceId, actor.workspaceId), isNull(apiKeys.revokedAt))
    if ((await transaction.$count(apiKeys, unrevoked)) >= mostApiKeys) {
      throw new Refusal({
        kind: 'conflict',
        type: 'too_many_api_keys',
        message: `A workspace has at most ${mostApiKeys} API keys. Revoke one that is no longer used, then create this one.`,
      })
    }
    const [row] = await transaction
      .insert(apiKeys)
      .values({
        workspaceId: actor.workspaceId,
        apiKeyId: uuidv7(),
        name,
        publicId: parts.publicId,
        secretHash: hashSecret(parts.secret),
        createdBy: actor.name,
      })
      .returning()
    if (!row) throw new Error('The new API key was not given back.')
    return toListItem(row)
  })
  return { apiKey, secret: formatApiKey(parts) }
}

/**
 * Revokes an API key for good; it is refused from now on. One that is revoked already stays as it is.
 *
 * @throws Refusal `invalid_input`, `api_key_not_found`
 */
export async function revokeApiKey(actor: Actor, apiKeyId: string): Promise<void> {
  const id = parseInput(uuid('api_key_id'), apiKeyId)
  const publicId = await inTransaction(async (transaction) => {
    const [row] = await transaction
      .update(apiKeys)
      .set({ revokedAt: sql`coalesce(${apiKeys.revokedAt}, now())` })
      .where(and(eq(apiKeys.workspaceId, actor.workspaceId), eq(apiKeys.apiKeyId, id)))
      .returning({ publicId: apiKeys.publicId })
    if (!row) throw notFound('api_key')
    await transaction.execute(sql`select pg_notify(${revokedChannel}, ${row.publicId})`)
    return row.publicId
  })
  forgetApiKey(publicId)
}
