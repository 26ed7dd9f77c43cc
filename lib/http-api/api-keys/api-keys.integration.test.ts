import { and, eq, sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { database, listenToQueries } from '@/db/client'
import { apiKeys } from '@/db/schema/api-keys'
import type { Actor } from '@/lib/platform/actor'
import { addWorkspace, everythingIn, race, refusalOf } from '@/lib/testing/test-data'
import { authenticateApiKey } from './authenticate'
import { createApiKey, revokeApiKey } from './commands'
import { recallApiKey } from './key-cache'
import { listApiKeys } from './queries'

// For machines that do other things too; a test that passes does not wait.
const patience = { timeout: 60_000 }

let admin: Actor
beforeEach(async () => {
  admin = await addWorkspace()
})

const keyRow = async (apiKeyId: string) => (await everythingIn(admin)).apiKeys.find((row) => row.apiKeyId === apiKeyId)

/** Runs something and gives the statements that it sent about keys, other than noting a use. */
async function lookUpsOf(run: () => Promise<unknown>) {
  const statements: string[] = []
  listenToQueries((statement) => statements.push(statement))
  try {
    await run()
  } finally {
    listenToQueries(undefined)
  }
  return statements.filter((statement) => /^select .* from "api_keys"/.test(statement)).length
}

/** Uses a key until it is answered from memory: that starts once revocations elsewhere are heard of. */
async function untilRemembered(secret: string) {
  await vi.waitFor(async () => expect(await lookUpsOf(() => authenticateApiKey(secret))).toBe(0), patience)
}

describe('creating', () => {
  test('gives the key once, and the list shows who made it, but no secret', async () => {
    const { apiKey, secret } = await createApiKey(admin, { name: '  Resident app ' })
    const [, publicId, hidden = ''] = secret.split('_')
    expect(apiKey).toMatchObject({
      name: 'Resident app',
      shortenedKey: `seam_${publicId}_…`,
      createdBy: 'Dana Reyes',
      lastUsedAt: null,
      revokedAt: null,
    })
    const listed = await listApiKeys(admin.workspaceId)
    expect(listed).toEqual([apiKey])
    expect(JSON.stringify(listed)).not.toContain(hidden)
  })

  test('leaves the secret nowhere in the database', async () => {
    const { secret } = await createApiKey(admin, { name: 'Resident app' })
    const hidden = secret.split('_')[2] ?? ''
    expect(hidden).toHaveLength(40)
    const connection = await database()
    const found = await connection
      .select({ one: sql`1` })
      .from(apiKeys)
      .where(sql`${apiKeys}::text like ${`%${hidden}%`}`)
    expect(found).toEqual([])
    expect(await everythingIn(admin)).toMatchObject({ events: [] })
  })

  test('lists the newest first', async () => {
    for (const name of ['One', 'Two', 'Three']) await createApiKey(admin, { name })
    expect((await listApiKeys(admin.workspaceId)).map(({ name }) => name)).toEqual(['Three', 'Two', 'One'])
  })

  test.each([{}, { name: '' }, { name: ' \u200b ' }, { name: 'a\nb' }, { name: 'x'.repeat(101) }, { name: 7 }])(
    'refuses %j beside the name',
    async (input) => {
      expect(await refusalOf(createApiKey(admin, input))).toMatchObject({
        kind: 'invalid_input',
        fields: { name: expect.anything() },
      })
      expect(await listApiKeys(admin.workspaceId)).toEqual([])
    },
  )

  test('in a workspace that is gone is refused', async () => {
    const gone = { ...admin, workspaceId: '0192f0c1-2345-7abc-8def-0123456789ab' }
    expect(await refusalOf(createApiKey(gone, { name: 'X' }))).toMatchObject({ type: 'workspace_not_found' })
  })

  test('beyond a hundred is refused, also to those who come at once; a revoked one makes room', async () => {
    const connection = await database()
    await connection.insert(apiKeys).values(
      Array.from({ length: 97 }, (_, number) => ({
        workspaceId: admin.workspaceId,
        apiKeyId: `0192f0c1-2345-7abc-8def-${String(number).padStart(12, '0')}`,
        name: `Key ${number}`,
        publicId: `${admin.workspaceId}-${number}`,
        secretHash: '0'.repeat(64),
        createdBy: admin.name,
      })),
    )
    const { winners, refusals } = await race(Array.from({ length: 8 }, () => createApiKey(admin, { name: 'Late' })))
    expect(winners).toBe(3)
    for (const refusal of refusals) expect(refusal).toMatchObject({ kind: 'conflict', type: 'too_many_api_keys' })
    await revokeApiKey(admin, '0192f0c1-2345-7abc-8def-000000000000')
    await createApiKey(admin, { name: 'In its place' })
  })
})

describe('authenticating', () => {
  test('says whose key it is', async () => {
    const { apiKey, secret } = await createApiKey(admin, { name: 'Resident app' })
    const principal = { workspaceId: admin.workspaceId, apiKeyId: apiKey.apiKeyId, name: 'Resident app' }
    expect(await authenticateApiKey(secret)).toEqual(principal)
    await untilRemembered(secret)
    expect(await authenticateApiKey(secret)).toEqual(principal)
  })

  test('refuses a wrong secret, an unknown id, and what is no key, remembered or not', async () => {
    const { secret } = await createApiKey(admin, { name: 'Resident app' })
    const other = (await createApiKey(admin, { name: 'Another' })).secret
    const swapped = [...secret.split('_').slice(0, 2), other.split('_')[2]].join('_')
    const refused = [swapped, `seam_0unknownkeys_${secret.split('_')[2]}`, 'seam_1', '', `${secret}x`]
    for (const presented of refused) expect(await authenticateApiKey(presented)).toBeNull()
    await untilRemembered(secret)
    for (const presented of refused) expect(await authenticateApiKey(presented)).toBeNull()
  })

  test('asks the database about an unknown key every time, so that a new one works at once', async () => {
    const unknown = `seam_0unknownkeys_${'x'.repeat(40)}`
    for (let count = 0; count < 3; count++) expect(await lookUpsOf(() => authenticateApiKey(unknown))).toBe(1)
  })

  test('finds a key by an index', async () => {
    const connection = await database()
    const plan = await connection.transaction(async (transaction) => {
      await transaction.execute(sql`set local enable_seqscan = off`)
      return transaction.execute(sql`explain select * from api_keys where public_id = 'x'`)
    })
    expect(JSON.stringify(plan)).toContain('api_keys_public_id_unique')
  })

  test('remembers a key for ten seconds', async () => {
    const { secret } = await createApiKey(admin, { name: 'Resident app' })
    await untilRemembered(secret)
    const startedAt = performance.now()
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => startedAt + 10_001)
    try {
      expect(await lookUpsOf(() => authenticateApiKey(secret))).toBe(1)
    } finally {
      clock.mockRestore()
    }
  })
})

describe('revoking', () => {
  test('has effect at once on a key that was just used', async () => {
    const { apiKey, secret } = await createApiKey(admin, { name: 'Resident app' })
    await untilRemembered(secret)
    await revokeApiKey(admin, apiKey.apiKeyId)
    expect(await authenticateApiKey(secret)).toBeNull()
    expect(await listApiKeys(admin.workspaceId)).toMatchObject([{ revokedAt: expect.stringMatching(/^\d{4}-.*Z$/) }])
  })

  test('by another process is heard of', async () => {
    const { apiKey, secret } = await createApiKey(admin, { name: 'Resident app' })
    await untilRemembered(secret)
    const connection = await database()
    // What revokeApiKey does to the database, without this process's memory.
    await connection.transaction(async (transaction) => {
      const [row] = await transaction
        .update(apiKeys)
        .set({ revokedAt: new Date() })
        .where(and(eq(apiKeys.workspaceId, admin.workspaceId), eq(apiKeys.apiKeyId, apiKey.apiKeyId)))
        .returning()
      await transaction.execute(sql`select pg_notify('keyholder_api_key_revoked', ${row?.publicId})`)
    })
    await vi.waitFor(async () => expect(await authenticateApiKey(secret)).toBeNull(), patience)
  })

  test('while the key is being looked up leaves nothing remembered', async () => {
    const { apiKey, secret } = await createApiKey(admin, { name: 'Resident app' })
    await untilRemembered(secret)
    const other = await createApiKey(admin, { name: 'Another' })
    const publicId = other.secret.split('_')[1] ?? ''
    const asItWas = {
      workspaceId: admin.workspaceId,
      apiKeyId: other.apiKey.apiKeyId,
      name: 'Another',
      secretHash: '0'.repeat(64),
      lastUsedAt: null,
    }
    await recallApiKey(publicId, async () => {
      await revokeApiKey(admin, other.apiKey.apiKeyId)
      return asItWas
    })
    expect(await recallApiKey(publicId, async () => null)).toBeNull()
    expect(apiKey.revokedAt).toBeNull()
  })

  test('again succeeds and keeps the first time, also at once', async () => {
    const { apiKey } = await createApiKey(admin, { name: 'Resident app' })
    expect((await race([1, 2, 3].map(() => revokeApiKey(admin, apiKey.apiKeyId)))).winners).toBe(3)
    const before = await listApiKeys(admin.workspaceId)
    await revokeApiKey(admin, apiKey.apiKeyId)
    expect(await listApiKeys(admin.workspaceId)).toEqual(before)
  })

  test('of a key of another workspace reads like that of an unknown one', async () => {
    const stranger = await addWorkspace()
    const { apiKey, secret } = await createApiKey(admin, { name: 'Resident app' })
    const refusal = await refusalOf(revokeApiKey(stranger, apiKey.apiKeyId))
    expect(refusal).toEqual(await refusalOf(revokeApiKey(stranger, '0192f0c1-2345-7abc-8def-0123456789ab')))
    expect(refusal).toMatchObject({ kind: 'not_found', type: 'api_key_not_found' })
    expect(await authenticateApiKey(secret)).not.toBeNull()
  })

  test('of what is no id is refused', async () => {
    expect(await refusalOf(revokeApiKey(admin, 'no id'))).toMatchObject({ kind: 'invalid_input' })
  })
})

describe('last used', () => {
  test('is noted, and not again within the minute', async () => {
    const { apiKey, secret } = await createApiKey(admin, { name: 'Resident app' })
    await authenticateApiKey(secret)
    await vi.waitFor(async () => expect((await keyRow(apiKey.apiKeyId))?.lastUsedAt).not.toBeNull(), patience)
    const first = (await keyRow(apiKey.apiKeyId))?.lastUsedAt
    const statements: string[] = []
    listenToQueries((statement) => statements.push(statement))
    for (let count = 0; count < 5; count++) await authenticateApiKey(secret)
    listenToQueries(undefined)
    expect(statements.filter((statement) => statement.startsWith('update'))).toEqual([])
    expect((await keyRow(apiKey.apiKeyId))?.lastUsedAt).toEqual(first)
  })

  test('is noted anew after a minute', async () => {
    const { apiKey, secret } = await createApiKey(admin, { name: 'Resident app' })
    const longAgo = new Date(Date.now() - 61_000)
    const connection = await database()
    await connection.update(apiKeys).set({ lastUsedAt: longAgo }).where(eq(apiKeys.apiKeyId, apiKey.apiKeyId))
    await authenticateApiKey(secret)
    await vi.waitFor(
      async () => expect((await keyRow(apiKey.apiKeyId))?.lastUsedAt?.getTime()).toBeGreaterThan(longAgo.getTime()),
      patience,
    )
  })

  test('is not noted for a wrong secret', async () => {
    const { apiKey, secret } = await createApiKey(admin, { name: 'Resident app' })
    expect(await authenticateApiKey(`${secret.slice(0, -40)}${'x'.repeat(40)}`)).toBeNull()
    await authenticateApiKey((await createApiKey(admin, { name: 'Another' })).secret)
    expect((await keyRow(apiKey.apiKeyId))?.lastUsedAt).toBeNull()
  })
})
