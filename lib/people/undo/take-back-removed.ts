import { and, eq } from 'drizzle-orm'
import { insertAll } from '@/db/insert-all'
import { accessGroupEntrances, accessGroups } from '@/db/schema/access-groups'
import { accessSystems } from '@/db/schema/access-systems'
import { acsUserEntrances } from '@/db/schema/acs-user-entrances'
import { acsUsers } from '@/db/schema/acs-users'
import { credentialEntrances, credentials } from '@/db/schema/credentials'
import { entrances } from '@/db/schema/entrances'
import type { events } from '@/db/schema/events'
import { lockKeptByHand } from '@/lib/access/system-rows/lock-access-system'
import { stillThere } from '@/lib/access/system-rows/still-there'
import { recordEvents } from '@/lib/history/events/commands'
import type { Actor } from '@/lib/platform/actor'
import type { Transaction } from '@/lib/platform/transaction'
import { contradictedBy, contradiction } from './contradiction'

type EventRow = typeof events.$inferSelect

/**
 * Brings back the access systems, entrances and access groups that a change removed, with their very ids. It comes
 * before all else: the ACS users of that change come back into them.
 */
export async function takeBackRemoved(transaction: Transaction, actor: Actor, rows: EventRow[]): Promise<void> {
  const removed = (type: string) => rows.filter(({ eventType }) => eventType === type)
  for (const row of removed('acs_system.deleted')) await bringBackSystem(transaction, actor, row)
  for (const row of removed('acs_entrance.removed')) await bringBackEntrance(transaction, actor, row)
  for (const row of removed('acs_access_group.deleted')) await bringBackGroup(transaction, actor, row)
}

async function bringBackSystem(transaction: Transaction, actor: Actor, row: EventRow): Promise<void> {
  const { workspaceId } = actor
  const { acsSystemId, data } = row
  const was = data.acs_system
  const name = data.acs_system_name ?? ''
  if (!acsSystemId || !was) return
  const namesakes = await transaction.$count(
    accessSystems,
    and(eq(accessSystems.workspaceId, workspaceId), eq(accessSystems.name, name)),
  )
  if (namesakes > 0) throw contradiction(`there is another access system called “${name}” now.`)
  const ids = { workspaceId, acsSystemId }
  await transaction.insert(accessSystems).values({
    ...ids,
    name,
    externalType: null,
    vendorName: was.vendor_name,
    timeZone: was.time_zone,
    connectedAccountId: was.connected_account_id,
    createdAt: new Date(was.created_at),
  })
  if (was.acs_entrances.length > 0) {
    await transaction.insert(entrances).values(
      was.acs_entrances.map((entrance) => ({
        ...ids,
        acsEntranceId: entrance.acs_entrance_id,
        displayName: entrance.display_name,
        ...unlocking(entrance),
        createdAt: new Date(entrance.created_at),
      })),
    )
  }
  if (was.acs_access_groups.length > 0) {
    await transaction.insert(accessGroups).values(
      was.acs_access_groups.map((group) => ({
        ...ids,
        acsAccessGroupId: group.acs_access_group_id,
        name: group.name,
        createdAt: new Date(group.created_at),
      })),
    )
  }
  const opened = was.acs_access_groups.flatMap(({ acs_access_group_id, acs_entrance_ids }) =>
    acs_entrance_ids.map((acsEntranceId) => ({ ...ids, acsAccessGroupId: acs_access_group_id, acsEntranceId })),
  )
  if (opened.length > 0) await transaction.insert(accessGroupEntrances).values(opened)
  await recordEvents(transaction, actor, [
    { eventType: 'acs_system.added', acsSystemId, data: { acs_system_name: name, is_restored: true } },
  ])
}

async function bringBackEntrance(transaction: Transaction, actor: Actor, row: EventRow): Promise<void> {
  const { workspaceId } = actor
  const { acsSystemId, acsEntranceId, data } = row
  const was = data.acs_entrance
  const name = data.acs_entrance_name ?? ''
  if (!acsSystemId || !acsEntranceId || !was) return
  const system = await contradictedBy(lockKeptByHand(transaction, workspaceId, acsSystemId))
  const theirs = and(eq(entrances.workspaceId, workspaceId), eq(entrances.acsSystemId, acsSystemId))
  const present = await transaction.select().from(entrances).where(theirs)
  if (present.some((entrance) => entrance.acsEntranceId === acsEntranceId)) return
  if (present.some(({ displayName }) => displayName === name)) {
    throw contradiction(`there is another door called “${name}” now.`)
  }
  const ids = { workspaceId, acsSystemId, acsEntranceId }
  await transaction.insert(entrances).values({
    ...ids,
    displayName: name,
    ...unlocking(was),
    createdAt: new Date(was.created_at),
  })
  // What opened it opens it again, as far as it's still there.
  const there = (table: Parameters<typeof stillThere>[1], id: Parameters<typeof stillThere>[2], given: string[]) =>
    stillThere(transaction, table, id, ids, given)
  const groups = await there(accessGroups, accessGroups.acsAccessGroupId, was.acs_access_group_ids)
  await insertAll(
    transaction,
    accessGroupEntrances,
    groups.map((acsAccessGroupId) => ({ ...ids, acsAccessGroupId })),
  )
  const granted = await there(acsUsers, acsUsers.acsUserId, was.acs_user_ids)
  await insertAll(
    transaction,
    acsUserEntrances,
    granted.map((acsUserId) => ({ ...ids, acsUserId })),
  )
  const issued = await there(credentials, credentials.acsCredentialId, was.acs_credential_ids)
  await insertAll(
    transaction,
    credentialEntrances,
    issued.map((acsCredentialId) => ({ ...ids, acsCredentialId })),
  )
  await recordEvents(transaction, actor, [
    {
      eventType: 'acs_entrance.added',
      ...{ acsSystemId, acsEntranceId },
      data: { acs_entrance_name: name, acs_system_name: system.name, is_restored: true },
    },
  ])
}

async function bringBackGroup(transaction: Transaction, actor: Actor, row: EventRow): Promise<void> {
  const { workspaceId } = actor
  const { acsSystemId, acsAccessGroupId, data } = row
  const was = data.acs_access_group
  const name = data.acs_access_group_name ?? ''
  if (!acsSystemId || !acsAccessGroupId || !was) return
  const system = await contradictedBy(lockKeptByHand(transaction, workspaceId, acsSystemId))
  const theirs = and(eq(accessGroups.workspaceId, workspaceId), eq(accessGroups.acsSystemId, acsSystemId))
  const present = await transaction.select().from(accessGroups).where(theirs)
  if (present.some((group) => group.acsAccessGroupId === acsAccessGroupId)) return
  if (present.some((group) => group.name === name)) {
    throw contradiction(`there is another access group called “${name}” now.`)
  }
  const ids = { workspaceId, acsSystemId, acsAccessGroupId }
  await transaction.insert(accessGroups).values({ ...ids, name, createdAt: new Date(was.created_at) })
  const opened = await stillThere(transaction, entrances, entrances.acsEntranceId, ids, was.acs_entrance_ids)
  await insertAll(
    transaction,
    accessGroupEntrances,
    opened.map((acsEntranceId) => ({ ...ids, acsEntranceId })),
  )
  await recordEvents(transaction, actor, [
    {
      eventType: 'acs_access_group.created',
      ...{ acsSystemId, acsAccessGroupId },
      data: { acs_access_group_name: name, acs_system_name: system.name, is_restored: true },
    },
  ])
}

function unlocking(was: {
  can_unlock_with_mobile_key: boolean
  can_unlock_with_card: boolean
  can_unlock_with_code: boolean
}) {
  return {
    canUnlockWithMobileKey: was.can_unlock_with_mobile_key,
    canUnlockWithCard: was.can_unlock_with_card,
    canUnlockWithCode: was.can_unlock_with_code,
  }
}
