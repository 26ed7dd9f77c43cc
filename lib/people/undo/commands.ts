import { and, asc, eq, inArray } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { acsUsers } from '@/db/schema/acs-users'
import { events } from '@/db/schema/events'
import { lockAcsUsers } from '@/lib/access/acs-user-rows/lock-acs-users'
import { lockCredentials } from '@/lib/access/credentials/lock-credentials'
import { lockUserIdentities } from '@/lib/access/links/link'
import { type NetChange, netChange, pairOf } from '@/lib/history/events/net-change'
import { factOf, permissionToUndo, whyNotUndoable } from '@/lib/history/events/undoable'
import type { Actor } from '@/lib/platform/actor'
import { parseInput, uuid } from '@/lib/platform/input'
import type { Permission } from '@/lib/platform/permissions'
import { notFound, Refusal } from '@/lib/platform/refusals'
import { inTransaction, type Transaction } from '@/lib/platform/transaction'
import {
  takeBackAcsUser,
  takeBackGoneAcsUser,
  takeBackLink,
  takeBackNewAcsUser,
  takeBackNotAPerson,
} from './take-back-acs-user'
import { isLost, takeBackCredential, takeBackCredentialExistence } from './take-back-credential'
import { takeBackGoneIdentity, takeBackIdentity, takeBackNewIdentity } from './take-back-identity'
import { mergedAway, takeBackDistinct, takeBackMerge, takeBackSeparation } from './take-back-merge'
import { takeBackRemoved } from './take-back-removed'
import { takeBackTasks } from './take-back-task'

/**
 * Takes back a change: all that one action or request did, or nothing where something later stands in
 * the way. What is as it was before already stays; the undo is a change itself and can be undone. Cards and
 * door codes that were deleted with their ACS user stay lost; everything else comes back.
 *
 * @param may what the acting admin's role permits; each step back needs the permission of its like.
 * @returns the ids of what it deleted again, and how many cards and door codes stay lost.
 * @throws Refusal `change_not_found`, `change_contradicted`, `change_not_undoable`, `forbidden`
 */
export async function undoChange(
  actor: Actor,
  changeId: string,
  may: (permission: Permission) => boolean,
): Promise<{ deletedIdentities: string[]; deletedAcsUsers: string[]; lostCredentials: number }> {
  const id = parseInput(uuid('change_id'), changeId)
  const undoing = { ...actor, changeId: actor.changeId ?? uuidv7(), undoesChangeId: id }
  return inTransaction(async (transaction) => {
    const rows = await transaction
      .select()
      .from(events)
      .where(and(eq(events.workspaceId, actor.workspaceId), eq(events.changeId, id)))
      .orderBy(asc(events.eventId))
      // Two who undo one change wait for each other: of what was deleted, nothing else is left to hold.
      .for('update')
    if (rows.length === 0) throw notFound('change')
    for (const row of rows) {
      const fact = factOf(row)
      const reason = whyNotUndoable(fact)
      if (reason) throw new Refusal({ kind: 'conflict', type: 'change_not_undoable', message: reason })
      const permission = permissionToUndo(fact)
      if (permission && !may(permission)) throw notPermitted()
    }
    await takeBackRemoved(transaction, undoing, rows)
    const net = netChange(rows)
    await takeBack(transaction, undoing, net)
    await takeBackTasks(transaction, undoing, rows)
    const created = (changes: Iterable<{ id: string; isNew: boolean }>) =>
      [...changes].filter(({ isNew }) => isNew).map(({ id }) => id)
    return {
      deletedIdentities: created(net.identities.values()),
      deletedAcsUsers: created(net.acsUsers.values()),
      lostCredentials: [...net.credentials.values()].filter(isLost).length,
    }
  })
}

/** Things are held in the order of all commands; what hangs on a thing is taken back before the thing itself. */
async function takeBack(transaction: Transaction, actor: Actor, net: NetChange): Promise<void> {
  const { workspaceId } = actor
  const merges = [...net.merges.values()].filter(({ exists }) => exists.size > 0)
  const identities = await lockUserIdentities(
    transaction,
    workspaceId,
    sorted([
      ...net.identities.keys(),
      ...merges.flatMap(({ id, was }) => [id, was.into_user_identity_id]),
      ...[...net.distinct.values()].flatMap(({ oneId, otherId }) => [oneId, otherId]),
      ...[...net.acsUsers.values()].flatMap(({ holder }) => [...holder.values()].flatMap(({ from }) => from ?? [])),
    ]),
  )
  const acsUserIds = sorted(
    [
      ...net.acsUsers.keys(),
      ...[...net.credentials.values()].flatMap(({ holder, existence }) => [
        existence?.acsUserId ?? '',
        ...[...holder.values()].flatMap(({ from, to }) => [from ?? '', to ?? '']),
      ]),
    ].filter(Boolean),
  )
  const held = await lockAcsUsers(
    transaction,
    and(eq(acsUsers.workspaceId, workspaceId), inArray(acsUsers.acsUserId, acsUserIds)),
  )
  const pairs = [...net.acsUsers.values()].flatMap(({ credentialEntrances }) => [...credentialEntrances.keys()])
  const credentials = await lockCredentials(
    transaction,
    workspaceId,
    sorted([...net.credentials.keys(), ...pairs.map((pair) => pairOf(pair).acsCredentialId)]),
  )
  const now = {
    identity: (id: string) => identities.find(({ userIdentityId }) => userIdentityId === id),
    acsUser: (id: string) => held.find(({ acsUserId }) => acsUserId === id),
    credential: (id: string) => credentials.find(({ acsCredentialId }) => acsCredentialId === id),
  }

  const changedCredentials = byId(net.credentials)
  const changedAcsUsers = byId(net.acsUsers)
  const changedIdentities = byId(net.identities)
  for (const change of changedIdentities) {
    const identity = await takeBackGoneIdentity(transaction, actor, change, now)
    if (identity) identities.push(identity)
  }
  for (const change of changedAcsUsers) {
    const acsUser = await takeBackGoneAcsUser(transaction, actor, change, now)
    if (acsUser) held.push(acsUser)
  }
  for (const change of changedCredentials) await takeBackCredentialExistence(transaction, actor, change, now)
  for (const change of changedCredentials) await takeBackCredential(transaction, actor, change, now)
  for (const change of changedAcsUsers) await takeBackAcsUser(transaction, actor, change, now)
  const takeBackIdentities = async () => {
    for (const change of changedIdentities) await takeBackIdentity(transaction, actor, change, now)
  }
  // Who is brought back finds their own values given up, and is there to be given their ACS users.
  const broughtBack = merges.filter(mergedAway)
  if (broughtBack.length > 0) await takeBackIdentities()
  for (const change of broughtBack) {
    const identity = await takeBackMerge(transaction, actor, change, now)
    if (identity) identities.push(identity)
  }
  // What is given up makes room for what is taken again.
  const linked = changedAcsUsers
    .flatMap((change) => [...change.holder.values()].map(({ from, to }) => ({ change, from, to })))
    .toSorted((one, other) => rank(one) - rank(other))
  for (const { change } of linked) await takeBackLink(transaction, actor, change, now)
  for (const change of merges.filter((merge) => !mergedAway(merge))) {
    await takeBackSeparation(transaction, actor, change)
  }
  if (broughtBack.length === 0) await takeBackIdentities()
  for (const change of net.distinct.values()) await takeBackDistinct(transaction, actor, change)
  for (const change of changedAcsUsers) await takeBackNotAPerson(transaction, actor, change)
  for (const change of changedAcsUsers) await takeBackNewAcsUser(transaction, actor, change)
  for (const change of changedIdentities) await takeBackNewIdentity(transaction, actor, change)
}

/** First what nobody held before, then what somebody else did, and last what nobody holds now. */
const rank = ({ from, to }: { from: string | null; to: string | null }) => (from === null ? 0 : to === null ? 2 : 1)

const sorted = (ids: Iterable<string>) => [...new Set(ids)].sort()

function byId<Change extends { id: string }>(changes: Map<string, Change>): Change[] {
  return [...changes.values()].sort((one, other) => (one.id < other.id ? -1 : 1))
}

function notPermitted(): Refusal {
  return new Refusal({
    kind: 'forbidden',
    type: 'forbidden',
    message: 'Your role in this workspace does not permit to undo this. Ask an owner of the workspace.',
  })
}
