/* What is kept encrypted, and what becomes of it under another secret. */
import { base32 } from '@better-auth/utils/base32'
import { createOTP } from '@better-auth/utils/otp'
import { and, eq, sql } from 'drizzle-orm'
import { Webhook } from 'standardwebhooks'
import { v7 as uuidv7 } from 'uuid'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { database } from '@/db/client'
import { seal } from '@/db/encryption/seal'
import { rows } from '@/db/rows'
import { twoFactors, users } from '@/db/schema/accounts'
import { idempotentRequests } from '@/db/schema/api-keys'
import { credentials } from '@/db/schema/credentials'
import { encryptionKeys } from '@/db/schema/encryption-keys'
import { webhooks } from '@/db/schema/webhooks'
import { withoutWorkspace } from '@/db/scope'
import { cardNumberOf, codeOf } from '@/lib/access/acs-user-rows/credential-secrets'
import { createCredential, updateCredential } from '@/lib/access/credentials/commands'
import { getCredentialRecord, listCredentialRecords } from '@/lib/access/credentials/records'
import { generateKey } from '@/lib/accounts/proof/authenticator'
import { signInByCode } from '@/lib/accounts/two-factor/commands'
import { createApiKey } from '@/lib/http-api/api-keys/commands'
import { answerOnce } from '@/lib/http-api/idempotency/answer-once'
import { decodePageCursor, encodePageCursor } from '@/lib/http-api/page-cursor'
import { createWebhook } from '@/lib/http-api/webhooks/commands'
import { deliver } from '@/lib/http-api/webhooks/deliver'
import { claimDelivery } from '@/lib/http-api/webhooks/outbox'
import { getWebhookWithSecret } from '@/lib/http-api/webhooks/queries'
import { startReceiver } from '@/lib/testing/receiver'
import { addAccessSystem, addAcsUser, addCredential, addWorkspace, refusalOf } from '@/lib/testing/test-data'
import type { Actor } from '../actor'
import { checkSecrets, encryptEverythingAnew, giveUpLostSecrets } from './commands'
import { decrypt, encrypt } from './encrypt-text'

const appKey = generateKey()
const [former, current, stranger] = ['f'.repeat(40), 'c'.repeat(40), 's'.repeat(40)]
const secretsAre = (secret: string, previous = '') => {
  vi.stubEnv('AUTH_SECRET', secret)
  vi.stubEnv('AUTH_SECRET_PREVIOUS', previous)
}

/** In no workspace, as in the loop of a server. */
const encryptAsTheServerDoes = (...given: Parameters<typeof encryptEverythingAnew>) =>
  withoutWorkspace(() => encryptEverythingAnew(...given))

let admin: Actor
let acsSystemId: string
let acsUserId: string
beforeEach(async () => {
  const connection = await database()
  for (const table of [encryptionKeys, webhooks, credentials, twoFactors, idempotentRequests])
    await connection.delete(table)
  secretsAre(former)
  admin = await addWorkspace()
  acsSystemId = await addAccessSystem(admin)
  acsUserId = await addAcsUser(admin, acsSystemId, { fullName: 'Doe, J.' })
})
afterEach(() => vi.unstubAllEnvs())

const issue = (code: string) => createCredential(admin, { access_method: 'code', acs_user_id: acsUserId, code })
const addCard = (sealedCardNumber: string) =>
  addCredential(admin, { acsSystemId, acsUserId }, { accessMethod: 'card', sealedCardNumber })
const read = async (id: string) => (await getCredentialRecord(admin.workspaceId, id)).credential

/** Every row of every table, as text. */
async function dump(): Promise<string> {
  const connection = await database()
  const tables = await rows<{ name: string }>(
    connection,
    sql`select quote_ident(tablename) as name from pg_tables where schemaname = 'public'`,
  )
  const texts = []
  for (const { name } of tables) {
    const all = await rows<{ text: string }>(connection, sql`select t::text as text from ${sql.raw(name)} t`)
    texts.push(...all.map(({ text }) => text))
  }
  return texts.join('\n')
}

test('no code, card number or signing secret lies in any table as it is', async () => {
  const { acsCredentialId } = await issue('730164851')
  await updateCredential(admin, { acs_credential_id: acsCredentialId, code: '730164852' })
  await addCard(seal('card number', '730164853'))
  const { secret } = await createWebhook(admin, { url: 'https://example.com/hook', event_types: ['*'] })
  const { apiKey } = await createApiKey(admin, { name: 'Front desk' })
  const asked = {
    ...{ workspaceId: admin.workspaceId, apiKeyId: apiKey.apiKeyId, idempotencyKey: uuidv7(), path: '/create' },
    ...{ parameters: { code: '730164854' }, tellsSecret: true },
  }
  const answer = { status: 200, body: JSON.stringify({ code: '730164854', secret }) }
  expect(await answerOnce(asked, async () => answer)).toEqual(answer)
  expect(await answerOnce(asked, async () => ({ ...answer, status: 500 }))).toEqual(answer)
  const other = answerOnce({ ...asked, parameters: { code: '1' } }, async () => answer)
  expect(await refusalOf(other)).toMatchObject({ type: 'idempotency_key_conflict' })

  const everything = await dump()
  expect(everything).toContain('Doe, J.')
  expect(everything).not.toContain('73016485')
  expect(everything).not.toContain(secret.slice('whsec_'.length))
})

test('a whole code or card number is found, also of a credential that a former secret encrypted', async () => {
  const { acsCredentialId } = await issue('4821')
  const card = await addCard(seal('card number', '0098213'))
  secretsAre(current, former)
  const found = async (search: string) =>
    (await listCredentialRecords(admin.workspaceId, { search })).rows.map(
      ({ credential }) => credential.acsCredentialId,
    )
  expect(await found(' 4821 ')).toEqual([acsCredentialId])
  expect(await found('0098213')).toEqual([card])
  expect(await found('482')).toEqual([])
})

test('under another secret all goes on, and without the former one once everything is encrypted anew', async () => {
  await checkSecrets()
  const { acsCredentialId } = await issue('4821')
  const card = await addCard(seal('card number', '0098213'))
  const { webhookId, secret } = await createWebhook(admin, { url: 'https://example.com/hook', event_types: ['*'] })
  const connection = await database()
  const userId = uuidv7()
  await connection.insert(users).values({ id: userId, name: 'Robin', email: `${userId}@example.com` })
  const key = { secret: await encrypt(`base32:${appKey}`), backupCodes: await encrypt('["a"]') }
  await connection.insert(twoFactors).values({ id: uuidv7(), userId, verified: true, ...key })
  const owner = { workspaceId: admin.workspaceId, path: '/list', parameters: {} }
  const cursor = encodePageCursor(owner, userId)

  const works = async () => {
    expect(codeOf(await read(acsCredentialId))).toBe('4821')
    expect(cardNumberOf(await read(card))).toBe('0098213')
    expect(await getWebhookWithSecret(admin.workspaceId, webhookId)).toMatchObject({ secret })
    const [kept] = await connection.select().from(twoFactors).where(eq(twoFactors.userId, userId))
    expect(await decrypt(kept?.secret ?? '')).toBe(`base32:${appKey}`)
    expect(await decrypt(kept?.backupCodes ?? '')).toBe('["a"]')
  }
  secretsAre(current, former)
  await checkSecrets()
  await works()
  expect(decodePageCursor(owner, cursor)).toBe(userId)
  expect(await encryptAsTheServerDoes()).toEqual({ encrypted: 5, unreadable: 0 })
  expect(await encryptAsTheServerDoes()).toEqual({ encrypted: 0, unreadable: 0 })

  secretsAre(current)
  await checkSecrets()
  await works()
  const code = await createOTP(base32.decode(appKey)).totp()
  await signInByCode(userId, { code })
  await issue('5555')
  const claim = await claimDelivery(undefined)
  const { deliveryId, body } = claim?.message ?? { deliveryId: '', body: '' }
  const receiver = await startReceiver()
  const settings = { timeoutMilliseconds: 60_000, allowPrivateAddresses: true, outgoingHosts: null }
  await deliver({ deliveryId, body, secret: claim?.message.secret ?? null, url: receiver.url }, settings)
  const [received] = receiver.received
  expect(() => new Webhook(secret).verify(body, received?.headers as Record<string, string>)).not.toThrow()
  await receiver.stop()
})

test('a secret that opens nothing is refused in words, until the former one is declared lost', async () => {
  await checkSecrets()
  const { acsCredentialId } = await issue('4821')
  const { webhookId } = await createWebhook(admin, { url: 'https://example.com/hook', event_types: ['*'] })
  secretsAre(stranger)
  await expect(checkSecrets()).rejects.toThrow(/AUTH_SECRET isn’t the secret that the database is encrypted with/)
  expect(codeOf(await read(acsCredentialId))).toBeNull()
  expect(await refusalOf(getWebhookWithSecret(admin.workspaceId, webhookId))).toMatchObject({
    type: 'webhook_secret_unreadable',
  })
  const message = { deliveryId: 'x', url: 'https://example.com/hook', body: '{}', secret: null }
  const settings = { timeoutMilliseconds: 1000, allowPrivateAddresses: false, outgoingHosts: null }
  expect(await deliver(message, settings)).toMatchObject({ error: expect.stringContaining('cannot be read') })
  expect(await encryptAsTheServerDoes()).toEqual({ encrypted: 0, unreadable: 2 })
  expect(await giveUpLostSecrets()).toBe(1)
  await checkSecrets()
})

test('what a version before wrote is read, and encrypted a day after the first start', async () => {
  await checkSecrets()
  const plain = await addCredential(admin, { acsSystemId, acsUserId }, { accessMethod: 'code', code: '4821' })
  const connection = await database()
  const webhookId = uuidv7()
  const hook = { url: 'https://example.com/hook', eventTypes: ['*'], secret: 'whsec_cGxhaW4=' }
  await connection.insert(webhooks).values({ workspaceId: admin.workspaceId, webhookId, ...hook })
  expect(codeOf(await read(plain))).toBe('4821')
  expect(await encryptAsTheServerDoes()).toEqual({ encrypted: 0, unreadable: 0 })
  await connection.update(encryptionKeys).set({ firstUsedAt: sql`now() - interval '25 hours'` })
  expect(await encryptAsTheServerDoes()).toEqual({ encrypted: 2, unreadable: 0 })
  expect(await read(plain)).toMatchObject({ code: null, sealedCode: expect.stringMatching(/^kh1\./) })
  expect(codeOf(await read(plain))).toBe('4821')
  expect(await getWebhookWithSecret(admin.workspaceId, webhookId)).toMatchObject({ secret: hook.secret })
})

test('values are encrypted anew slice by slice, past those that cannot be read', async () => {
  secretsAre(stranger)
  for (let n = 0; n < 3; n++) await issue(String(1000 + n))
  secretsAre(former)
  const acsUser = { workspaceId: admin.workspaceId, acsSystemId, acsUserId }
  const row = { ...acsUser, accessMethod: 'code' as const, displayName: 'Code', sealedCode: seal('door code', '1') }
  const connection = await database()
  await connection
    .insert(credentials)
    .values(Array.from({ length: 450 }, () => ({ ...row, acsCredentialId: uuidv7() })))
  secretsAre(current, former)
  const progress: number[] = []
  const outcome = await encryptAsTheServerDoes({ onProgress: (done) => progress.push(done) })
  expect(outcome).toEqual({ encrypted: 450, unreadable: 3 })
  expect(progress).toEqual([197, 397, 450])
  const ofCode = and(eq(credentials.workspaceId, admin.workspaceId), eq(credentials.sealedCode, seal('door code', '1')))
  expect(await connection.$count(credentials, ofCode)).toBe(450)
})
