import { and, eq, inArray, sql } from 'drizzle-orm'
import { acsUsers } from '@/db/schema/acs-users'
import { userIdentities } from '@/db/schema/user-identities'
import { recordEvents } from '@/lib/history/events/commands'
import type { Actor } from '@/lib/platform/actor'
import { notFound, type Refusal, type RefusalValue } from '@/lib/platform/refusals'
import type { Transaction } from '@/lib/platform/transaction'
import { writeNotAPerson } from '../acs-user-rows/change-acs-users'
import { type LockedAcsUser, lockAcsUsers } from '../acs-user-rows/lock-acs-users'
import { heldBy, type LockedIdentity, lockUserIdentities } from './link'
import { hasOneAlready } from './link-conflicts'

/** Most ACS users that are attached in one transaction; more are sent in batches. */
export const mostLinksAtOnce = 200

type Pair = {
  userIdentityId: string
  acsUserId: string
  /** Where each pair is a change of its own: which one. */
  changeId?: string
}
type Link = { identity: LockedIdentity; acsUser: LockedAcsUser; changeId?: string }

/**
 * The rule of attaching for many pairs at once, by a few statements for all of them: the same outcomes and
 * events as `linkAcsUser` has for each, in the order of the pairs. Whoever links to an identity holds it,
 * so what is read of held identities stays true.
 */
export async function linkAcsUsers(
  transaction: Transaction,
  actor: Actor,
  pairs: Pair[],
): Promise<(Pair & { refusal: RefusalValue | null })[]> {
  const { workspaceId } = actor
  const identityIds = [...new Set(pairs.map(({ userIdentityId }) => userIdentityId))]
  const acsUserIds = [...new Set(pairs.map(({ acsUserId }) => acsUserId))]
  const identities = byKey(
    await lockUserIdentities(transaction, workspaceId, identityIds),
    ({ userIdentityId }) => userIdentityId,
  )
  const held = byKey(
    await lockAcsUsers(
      transaction,
      and(eq(acsUsers.workspaceId, workspaceId), inArray(acsUsers.acsUserId, acsUserIds)),
    ),
    ({ acsUserId }) => acsUserId,
  )
  const holders = await readHolders(transaction, workspaceId, [...held.values()])
  const taken = await readTaken(transaction, workspaceId, identityIds)

  const links: Link[] = []
  const attach = (pair: Pair): Refusal | null => {
    const [identity, acsUser] = [identities.get(pair.userIdentityId), held.get(pair.acsUserId)]
    if (!identity) return notFound('user_identity')
    if (!acsUser) return notFound('acs_user')
    const { userIdentityId } = identity
    if (acsUser.userIdentityId === userIdentityId) return null
    const holder = holders.get(acsUser.userIdentityId ?? '') ?? identities.get(acsUser.userIdentityId ?? '')
    if (holder) return heldBy(acsUser, holder)
    const present = taken.get(place(userIdentityId, acsUser.acsSystemId))
    if (present) return hasOneAlready({ userIdentityId, acsSystemId: acsUser.acsSystemId }, present)
    links.push({ identity, acsUser, changeId: pair.changeId })
    // What the batch attaches is taken for the rest of it.
    held.set(acsUser.acsUserId, { ...acsUser, userIdentityId })
    taken.set(place(userIdentityId, acsUser.acsSystemId), acsUser)
    return null
  }
  const outcomes = pairs.map((pair) => ({ ...pair, refusal: attach(pair)?.toValue() ?? null }))
  await writeLinks(transaction, actor, links)
  return outcomes
}

const place = (userIdentityId: string | null, acsSystemId: string) => `${userIdentityId} ${acsSystemId}`

const byKey = <Row>(rows: Row[], keyOf: (row: Row) => string) => new Map(rows.map((row) => [keyOf(row), row]))

/** Who holds these ACS users now. */
async function readHolders(transaction: Transaction, workspaceId: string, held: LockedAcsUser[]) {
  const ids = held.flatMap(({ userIdentityId }) => userIdentityId ?? [])
  if (ids.length === 0) return new Map<string, { userIdentityId: string; displayName: string }>()
  const rows = await transaction
    .select({ userIdentityId: userIdentities.userIdentityId, displayName: userIdentities.displayName })
    .from(userIdentities)
    .where(and(eq(userIdentities.workspaceId, workspaceId), inArray(userIdentities.userIdentityId, ids)))
  return byKey(rows, ({ userIdentityId }) => userIdentityId)
}

/** The ACS users that these identities have, by identity and access system. */
async function readTaken(transaction: Transaction, workspaceId: string, identityIds: string[]) {
  const rows = await transaction
    .select({
      userIdentityId: acsUsers.userIdentityId,
      acsSystemId: acsUsers.acsSystemId,
      acsUserId: acsUsers.acsUserId,
      displayName: acsUsers.displayName,
    })
    .from(acsUsers)
    .where(and(eq(acsUsers.workspaceId, workspaceId), inArray(acsUsers.userIdentityId, identityIds)))
  return new Map<string, { acsUserId: string; displayName: string }>(
    rows.map((row) => [place(row.userIdentityId, row.acsSystemId), row]),
  )
}

async function writeLinks(transaction: Transaction, actor: Actor, links: Link[]): Promise<void> {
  if (links.length === 0) return
  // Whoever attaches one says that it is somebody.
  for (const { acsUser, changeId = actor.changeId } of links) {
    await writeNotAPerson(transaction, { ...actor, changeId }, acsUser, false)
  }
  const rows = links.map(({ identity, acsUser }) => ({ id: acsUser.acsUserId, holder: identity.userIdentityId }))
  await transaction
    .update(acsUsers)
    .set({ userIdentityId: sql`link.holder`, linkedAt: sql`now()`, linkedBy: actor.name })
    .from(sql`json_to_recordset(${JSON.stringify(rows)}::json) as link(id uuid, holder uuid)`)
    .where(and(eq(acsUsers.workspaceId, actor.workspaceId), sql`${acsUsers.acsUserId} = link.id`))
  await recordEvents(
    transaction,
    actor,
    links.map(({ identity, acsUser, changeId }) => ({
      changeId,
      eventType: 'user_identity.acs_user_added',
      userIdentityId: identity.userIdentityId,
      acsUserId: acsUser.acsUserId,
      acsSystemId: acsUser.acsSystemId,
      data: {
        acs_user_name: acsUser.displayName,
        acs_system_name: acsUser.acsSystemName,
        user_identity_name: identity.displayName,
      },
    })),
  )
}
