import { and, eq } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { z } from 'zod'
import { accessGroupEntrances } from '@/db/schema/access-groups'
import { acsUserEntrances } from '@/db/schema/acs-user-entrances'
import { credentialEntrances } from '@/db/schema/credentials'
import { entrances } from '@/db/schema/entrances'
import { recordEvents } from '@/lib/history/events/commands'
import type { Actor } from '@/lib/platform/actor'
import { lineOfText, parseInput, uuid } from '@/lib/platform/input'
import { notFound, Refusal } from '@/lib/platform/refusals'
import { inTransaction, type Transaction } from '@/lib/platform/transaction'
import { lockKeptByHand } from '../system-rows/lock-access-system'

/** How many entrances a system that's kept by hand may have. */
const mostEntrances = 1000

const displayName = () => lineOfText('The name', 100)
const yesOrNo = (label: string) => z.boolean({ error: `${label} must be true or false.` })
const unlocking = {
  can_unlock_with_mobile_key: yesOrNo('can_unlock_with_mobile_key').default(false),
  can_unlock_with_card: yesOrNo('can_unlock_with_card').default(true),
  can_unlock_with_code: yesOrNo('can_unlock_with_code').default(false),
}

const newEntranceSchema = z.object({
  acs_system_id: uuid('acs_system_id'),
  display_name: displayName(),
  ...unlocking,
})

const newEntrancesSchema = z.object({
  acs_system_id: uuid('acs_system_id'),
  names: z
    .array(displayName(), { error: 'Write the names of the doors.' })
    .min(1, { error: 'Write the name of at least one door.' })
    .max(mostEntrances, { error: `Add at most ${mostEntrances} doors at once.` }),
  ...unlocking,
})

const changesSchema = z.object({
  acs_entrance_id: uuid('acs_entrance_id'),
  display_name: displayName().optional(),
  can_unlock_with_mobile_key: yesOrNo('can_unlock_with_mobile_key').optional(),
  can_unlock_with_card: yesOrNo('can_unlock_with_card').optional(),
  can_unlock_with_code: yesOrNo('can_unlock_with_code').optional(),
})

const targetSchema = z.object({ acs_entrance_id: uuid('acs_entrance_id') })

type Unlocking = Pick<z.output<typeof newEntrancesSchema>, keyof typeof unlocking>

/**
 * Creates an entrance of an access system that's kept by hand.
 *
 * @throws Refusal `invalid_input`, `acs_system_not_found`, `acs_system_not_kept_by_hand`,
 *   `acs_entrance_name_taken`, `too_many_acs_entrances`
 */
export async function createEntrance(actor: Actor, input: unknown): Promise<{ acsEntranceId: string }> {
  const { acs_system_id, display_name, ...opensWith } = parseInput(newEntranceSchema, input)
  return inTransaction(async (transaction) => {
    const [acsEntranceId] = await insertEntrances(transaction, actor, acs_system_id, [display_name], opensWith)
    if (!acsEntranceId) throw nameTaken(display_name)
    return { acsEntranceId }
  })
}

/**
 * Creates entrances of an access system that's kept by hand from a list of names. A name that's there already is
 * left alone.
 *
 * @returns how many were created, and how many names were there already or twice in the list.
 * @throws Refusal `invalid_input`, `acs_system_not_found`, `acs_system_not_kept_by_hand`, `too_many_acs_entrances`
 */
export async function createEntrances(
  actor: Actor,
  input: unknown,
): Promise<{ createdCount: number; skippedCount: number }> {
  const { acs_system_id, names, ...opensWith } = parseInput(newEntrancesSchema, input)
  return inTransaction(async (transaction) => {
    const created = await insertEntrances(transaction, actor, acs_system_id, names, opensWith)
    return { createdCount: created.length, skippedCount: names.length - created.length }
  })
}

/**
 * Renames an entrance of an access system that's kept by hand, or changes what it unlocks with. A field left out stays.
 *
 * @throws Refusal `invalid_input`, `acs_entrance_not_found`, `acs_system_not_kept_by_hand`, `acs_entrance_name_taken`
 */
export async function updateEntrance(actor: Actor, input: unknown): Promise<void> {
  const { acs_entrance_id, ...given } = parseInput(changesSchema, input)
  const { workspaceId } = actor
  await inTransaction(async (transaction) => {
    const { entrance: before, system } = await lockEntrance(transaction, workspaceId, acs_entrance_id)
    const after = {
      displayName: given.display_name ?? before.displayName,
      canUnlockWithMobileKey: given.can_unlock_with_mobile_key ?? before.canUnlockWithMobileKey,
      canUnlockWithCard: given.can_unlock_with_card ?? before.canUnlockWithCard,
      canUnlockWithCode: given.can_unlock_with_code ?? before.canUnlockWithCode,
    }
    const changes = changesBetween(before, after)
    if (Object.keys(changes).length === 0) return
    if (after.displayName !== before.displayName) {
      const names = await namesIn(transaction, workspaceId, before.acsSystemId)
      if (names.has(after.displayName)) throw nameTaken(after.displayName)
    }
    await transaction.update(entrances).set(after).where(isEntrance(workspaceId, acs_entrance_id))
    await recordEvents(transaction, actor, [
      {
        eventType: 'acs_entrance.updated',
        acsSystemId: before.acsSystemId,
        acsEntranceId: acs_entrance_id,
        data: { acs_entrance_name: after.displayName, acs_system_name: system.name, changes },
      },
    ])
  })
}

/**
 * Removes an entrance of an access system that's kept by hand. What opened it opens it no more; the history keeps
 * what that was, so that it can be brought back.
 *
 * @throws Refusal `acs_entrance_not_found`, `acs_system_not_kept_by_hand`
 */
export async function deleteEntrance(actor: Actor, input: unknown): Promise<void> {
  const { acs_entrance_id: acsEntranceId } = parseInput(targetSchema, input)
  const { workspaceId } = actor
  await inTransaction(async (transaction) => {
    const { entrance, system } = await lockEntrance(transaction, workspaceId, acsEntranceId)
    const { acsSystemId } = entrance
    const groups = await transaction
      .delete(accessGroupEntrances)
      .where(ofEntrance(accessGroupEntrances, workspaceId, acsSystemId, acsEntranceId))
      .returning({ id: accessGroupEntrances.acsAccessGroupId })
    const granted = await transaction
      .delete(acsUserEntrances)
      .where(ofEntrance(acsUserEntrances, workspaceId, acsSystemId, acsEntranceId))
      .returning({ id: acsUserEntrances.acsUserId })
    const issued = await transaction
      .delete(credentialEntrances)
      .where(ofEntrance(credentialEntrances, workspaceId, acsSystemId, acsEntranceId))
      .returning({ id: credentialEntrances.acsCredentialId })
    await transaction.delete(entrances).where(isEntrance(workspaceId, acsEntranceId))
    const ids = (rows: { id: string }[]) => rows.map(({ id }) => id).sort()
    await recordEvents(transaction, actor, [
      {
        eventType: 'acs_entrance.removed',
        ...{ acsSystemId, acsEntranceId },
        data: {
          acs_entrance_name: entrance.displayName,
          acs_system_name: system.name,
          acs_entrance: {
            can_unlock_with_mobile_key: entrance.canUnlockWithMobileKey,
            can_unlock_with_card: entrance.canUnlockWithCard,
            can_unlock_with_code: entrance.canUnlockWithCode,
            created_at: entrance.createdAt.toISOString(),
            acs_access_group_ids: ids(groups),
            acs_user_ids: ids(granted),
            acs_credential_ids: ids(issued),
          },
        },
      },
    ])
  })
}

const isEntrance = (workspaceId: string, acsEntranceId: string) =>
  and(eq(entrances.workspaceId, workspaceId), eq(entrances.acsEntranceId, acsEntranceId))

const ofEntrance = (
  table: typeof accessGroupEntrances | typeof acsUserEntrances | typeof credentialEntrances,
  workspaceId: string,
  acsSystemId: string,
  acsEntranceId: string,
) => and(eq(table.workspaceId, workspaceId), eq(table.acsSystemId, acsSystemId), eq(table.acsEntranceId, acsEntranceId))

/** Holds an entrance and its system: the system first, as whoever adds one does. */
async function lockEntrance(transaction: Transaction, workspaceId: string, acsEntranceId: string) {
  const [found] = await transaction
    .select({ acsSystemId: entrances.acsSystemId })
    .from(entrances)
    .where(isEntrance(workspaceId, acsEntranceId))
  if (!found) throw notFound('acs_entrance')
  const system = await lockKeptByHand(transaction, workspaceId, found.acsSystemId)
  const [entrance] = await transaction
    .select()
    .from(entrances)
    .where(isEntrance(workspaceId, acsEntranceId))
    .for('update')
  if (!entrance) throw notFound('acs_entrance')
  return { entrance, system }
}

async function namesIn(transaction: Transaction, workspaceId: string, acsSystemId: string): Promise<Set<string>> {
  const rows = await transaction
    .select({ displayName: entrances.displayName })
    .from(entrances)
    .where(and(eq(entrances.workspaceId, workspaceId), eq(entrances.acsSystemId, acsSystemId)))
  return new Set(rows.map((row) => row.displayName))
}

/** Inserts those names that aren't there, in their order, and gives the ids of the new entrances. */
async function insertEntrances(
  transaction: Transaction,
  actor: Actor,
  acsSystemId: string,
  names: string[],
  opensWith: Unlocking,
): Promise<string[]> {
  const { workspaceId } = actor
  const system = await lockKeptByHand(transaction, workspaceId, acsSystemId)
  const present = await namesIn(transaction, workspaceId, acsSystemId)
  const rows = [...new Set(names)]
    .filter((name) => !present.has(name))
    .map((name) => ({
      ...{ workspaceId, acsSystemId, acsEntranceId: uuidv7(), displayName: name },
      canUnlockWithMobileKey: opensWith.can_unlock_with_mobile_key,
      canUnlockWithCard: opensWith.can_unlock_with_card,
      canUnlockWithCode: opensWith.can_unlock_with_code,
    }))
  if (rows.length === 0) return []
  if (present.size + rows.length > mostEntrances) {
    throw new Refusal({
      kind: 'conflict',
      type: 'too_many_acs_entrances',
      message: `“${system.name}” can have at most ${mostEntrances} doors.`,
    })
  }
  await transaction.insert(entrances).values(rows)
  await recordEvents(
    transaction,
    actor,
    rows.map(({ acsEntranceId, displayName }) => ({
      eventType: 'acs_entrance.added',
      ...{ acsSystemId, acsEntranceId },
      data: { acs_entrance_name: displayName, acs_system_name: system.name },
    })),
  )
  return rows.map(({ acsEntranceId }) => acsEntranceId)
}

type Written = Pick<
  typeof entrances.$inferSelect,
  'displayName' | 'canUnlockWithMobileKey' | 'canUnlockWithCard' | 'canUnlockWithCode'
>

function changesBetween(before: Written, after: Written) {
  const values = (entrance: Written) => ({
    display_name: entrance.displayName,
    can_unlock_with_mobile_key: String(entrance.canUnlockWithMobileKey),
    can_unlock_with_card: String(entrance.canUnlockWithCard),
    can_unlock_with_code: String(entrance.canUnlockWithCode),
  })
  const is = new Map(Object.entries(values(after)))
  return Object.fromEntries(
    Object.entries(values(before))
      .filter(([field, from]) => is.get(field) !== from)
      .map(([field, from]) => [field, { from, to: is.get(field) ?? null }]),
  )
}

function nameTaken(name: string): Refusal {
  const message = `There is a door called “${name}” already. Choose another name.`
  return new Refusal({
    kind: 'conflict',
    type: 'acs_entrance_name_taken',
    message,
    fields: { display_name: [message] },
  })
}
