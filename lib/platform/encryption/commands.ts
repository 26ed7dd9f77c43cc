import { inArray, lt, notInArray, type SQL, sql } from 'drizzle-orm'
import { primaryDatabase } from '@/db/client'
import { ConfigurationError } from '@/db/configuration'
import { currentPrefix, keyIdOf } from '@/db/encryption/seal'
import { authSecrets, forgetPreviousSecret } from '@/db/encryption/secrets'
import { rows as rowsOf } from '@/db/rows'
import { encryptionKeys } from '@/db/schema/encryption-keys'
import { workspaces } from '@/db/schema/workspaces'
import { acrossWorkspaces, inWorkspace } from '@/db/scope'
import { inTransaction, type Transaction } from '../transaction'
import { type EncryptedColumn, encryptedColumns } from './encrypted-columns'

const sliceSize = 200
/** How long instances of the version before may run beside this one: they read what isn't encrypted yet. */
const rollingHours = 24

/**
 * Looks whether the secrets open what the database holds, and notes the current one.
 *
 * @throws ConfigurationError where it holds something that none of them opens.
 */
export async function checkSecrets(): Promise<void> {
  const connection = await primaryDatabase()
  const known = authSecrets().map(keyIdOf)
  const others = await connection.select().from(encryptionKeys).where(notInArray(encryptionKeys.keyId, known))
  if (others.length > 0) throw new ConfigurationError([wrongSecret(others.map(({ keyId }) => keyId))])
  await connection
    .insert(encryptionKeys)
    .values({ keyId: keyIdOf(authSecrets()[0]) })
    .onConflictDoNothing()
}

function wrongSecret(keyIds: string[]): string {
  return `AUTH_SECRET isn’t the secret that the database is encrypted with (key ${keyIds.join(', ')}). Set it to the former one, or name the former one in AUTH_SECRET_PREVIOUS. Where it is lost for good: npm run rotate-secret -- --lost`
}

/** Has the database be opened although it holds something that none of the secrets opens. @returns how many secrets that were */
export async function giveUpLostSecrets(): Promise<number> {
  const connection = await primaryDatabase()
  const lost = await connection
    .delete(encryptionKeys)
    .where(notInArray(encryptionKeys.keyId, authSecrets().map(keyIdOf)))
    .returning()
  return lost.length
}

/** What became of the values that were met. */
type Outcome = { encrypted: number; unreadable: number }

/**
 * Encrypts everything with the current secret that is encrypted with a former one or not at all, slice by slice.
 *
 * @param options.plainAtOnce whether values that aren't encrypted are, although instances of the version before may read them.
 * @param options.onProgress told after each slice how many values were encrypted.
 */
export async function encryptEverythingAnew(
  options: { plainAtOnce?: boolean; onProgress?: (encrypted: number) => void; stopping?: AbortSignal } = {},
): Promise<Outcome> {
  const alsoPlain = options.plainAtOnce || (await isOldestKeyOld())
  const formerKeys = authSecrets().slice(1).map(keyIdOf)
  const outcome: Outcome = { encrypted: 0, unreadable: 0 }
  for (const { column, workspaceId } of await everyPlace()) {
    // Without a former secret, nothing in better-auth’s format can be with another one.
    if (!column.hasPrefix && formerKeys.length === 0) continue
    let after: string[] | null = null
    do {
      if (options.stopping?.aborted) return outcome
      const slice = await encryptSlice(column, { workspaceId, after }, alsoPlain)
      after = slice.last
      outcome.encrypted += slice.encrypted
      outcome.unreadable += slice.unreadable
      if (slice.encrypted > 0) options.onProgress?.(outcome.encrypted)
    } while (after)
  }
  if (formerKeys.length > 0) {
    const connection = await primaryDatabase()
    await connection.delete(encryptionKeys).where(inArray(encryptionKeys.keyId, formerKeys))
    forgetPreviousSecret()
  }
  return outcome
}

async function isOldestKeyOld(): Promise<boolean> {
  const connection = await primaryDatabase()
  const isOld = lt(encryptionKeys.firstUsedAt, sql`now() - ${rollingHours} * interval '1 hour'`)
  return (await connection.$count(encryptionKeys, isOld)) > 0
}

/** Each column, once for every workspace where its rows belong to one: a serving role sees no more at a time. */
async function everyPlace(): Promise<{ column: EncryptedColumn; workspaceId: string | null }[]> {
  const connection = await primaryDatabase()
  const all = await acrossWorkspaces(() => connection.select({ workspaceId: workspaces.workspaceId }).from(workspaces))
  return encryptedColumns.flatMap((column) => {
    const isOfWorkspace = column.key.includes('workspace_id')
    return (isOfWorkspace ? all : [{ workspaceId: null }]).map(({ workspaceId }) => ({ column, workspaceId }))
  })
}

type Row = { key: string[]; encrypted: string | null; plain: string | null }

/** Encrypts the next values of a column. @returns where the next slice begins, or null when there is none */
async function encryptSlice(
  { table, key, column, plainColumn, hasPrefix, encryptAnew }: EncryptedColumn,
  { workspaceId, after }: { workspaceId: string | null; after: string[] | null },
  alsoPlain: boolean,
): Promise<Outcome & { last: string[] | null }> {
  const encrypted = sql.identifier(column)
  const plain = alsoPlain && plainColumn ? sql.identifier(plainColumn) : null
  const keyColumns = sql.join(
    key.map((name) => sql.identifier(name)),
    sql`, `,
  )
  const isTheRow = (values: string[]): SQL => sql`(${keyColumns}) = (${listOf(values)})`
  const conditions = [
    hasPrefix ? sql`not starts_with(${encrypted}, ${currentPrefix()})` : sql`${encrypted} is not null`,
    ...(plain ? [sql`${plain} is not null`] : []),
  ]
  const ofWorkspace = workspaceId ? sql` and workspace_id = ${workspaceId}` : sql``
  const encrypt = async (transaction: Transaction) => {
    const rows = await rowsOf<Row>(
      transaction,
      sql`
        select array[${sql.join(
          key.map((name) => sql`${sql.identifier(name)}::text`),
          sql`, `,
        )}] as key,
          ${encrypted} as encrypted, ${plain ?? sql`null::text`} as plain
        from ${sql.identifier(table)}
        where (${sql.join(conditions, sql` or `)})${ofWorkspace}${after ? sql` and (${keyColumns}) > (${listOf(after)})` : sql``}
        order by ${keyColumns}
        limit ${sliceSize}
        for update`,
    )
    const outcome = { encrypted: 0, unreadable: 0 }
    for (const row of rows) {
      const anew = await encryptAnew(row)
      if (anew === null) outcome.unreadable += hasPrefix ? 1 : 0
      else {
        outcome.encrypted++
        await transaction.execute(sql`
          update ${sql.identifier(table)}
          set ${encrypted} = ${anew}${plain ? sql`, ${plain} = null` : sql``}
          where ${isTheRow(row.key)}`)
      }
    }
    return { ...outcome, last: rows.length === sliceSize ? (rows.at(-1)?.key ?? null) : null }
  }
  return workspaceId ? inWorkspace(workspaceId, () => inTransaction(encrypt)) : inTransaction(encrypt)
}

const listOf = (values: string[]): SQL =>
  sql.join(
    values.map((value) => sql`${value}`),
    sql`, `,
  )
