import { and, asc, eq, inArray } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { acsUsers } from '@/db/schema/acs-users'
import { events } from '@/db/schema/events'
import { lockAcsUsers } from '../acs-users/lock'
import type { Permission } from '../auth/permissions'
import { lockCredentials } from '../credentials/lock'
import { notFound, Refusal } from '../errors'
import type { Actor } from '../events/actor'
import { lockUserIdentities } from '../identities/link'
import { parseInput, uuid } from '../parse-input'
import { inTransaction, type Transaction } from '../transaction'
import { type NetChange, netChange, pairOf } from './net-change'
import { takeBackAcsUser, takeBackLink, takeBackNewAcsUser, takeBackNotAPerson } from './take-back-acs-user'
import { takeBackCredential, takeBackCredentialExistence } from './take-back-credential'
import { takeBackIdentity, takeBackNewIdentity } from './take-back-identity'
import { permissionToUndo, whyNotUndoable } from './undoable'

/**
 * Takes back a change: all that one action or request did, or nothing where something later stands in
 * the way. What is as it was before already stays; the undo is a change itself and can be undone.
 *
 * @param may what the acting admin's role permits; each step back needs the permission of its like.
 * @returns the ids of what it deleted again.
 * @throws Refusal `change_not_found`, `change_contradicted`, `change_not_undoable`, `forbidden`
 */
export async function undoChange(
  actor: Actor,
  changeId: string,
  may: (permission: Permission) => boolean,
): Promise<{ deletedIdentities: string[]; deletedAcsUsers: string[] }> {
  const id = parseInput(uuid('change_id'), changeId)
  const undoing = { ...actor, changeId: actor.changeId ?? uuidv7(), undoesChangeId: id }
  return inTransaction(async (transaction) => {
    const rows = await transaction
      .select()
      .from(events)
      .where(and(eq(events.workspaceId, actor.workspaceId), eq(events.changeId, id)))
      .orderBy(asc(events.eventId))
    if (rows.length === 0) throw notFound('change')
    for (const row of rows) {
      const reason = whyNotUndoable(row)
      if (reason) throw new Refusal({ kind: 'conflict', type: 'change_not_undoable', message: reason })
      const permission = permissionToUndo(row)
      if (permission && !may(permission)) throw notPermitted()
    }
    const net = netChange(rows)
    await takeBack(transaction, undoing, net)
    const created = (changes: Iterable<{ id: string; isNew: boolean }>) =>
      [...changes].filter(({ isNew }) => isNew).map(({ id }) => id)
    return { deletedIdentities: created(net.identities.values()), deletedAcsUsers: created(net.acsUsers.values()) }
  })
}

/** Things are held in the order of all commands; what hangs on a thing is taken back before the thing itself. */
async function takeBack(transaction: Transaction, actor: Actor, net: NetChange): Promise<void> {
  const { workspaceId } = actor
  const identities = await lockUserIdentities(transaction, workspaceId, sorted(net.identities.keys()))
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
  for (const change of changedCredentials) await takeBackCredentialExistence(transaction, actor, change, now)
  for (const change of changedCredentials) await takeBackCredential(transaction, actor, change, now)
  for (const change of changedAcsUsers) await takeBackAcsUser(transaction, actor, change, now)
  // What is given up makes room for what is taken again.
  const linked = changedAcsUsers.filter(({ holder }) => holder.size > 0)
  const givesUp = (change: (typeof linked)[number]) => change.holder.get('holder')?.from === null
  for (const change of linked.filter(givesUp)) await takeBackLink(transaction, actor, change, now)
  for (const change of linked.filter((one) => !givesUp(one))) await takeBackLink(transaction, actor, change, now)
  for (const change of changedAcsUsers) await takeBackNotAPerson(transaction, actor, change)
  for (const change of changedIdentities) await takeBackIdentity(transaction, actor, change, now)
  for (const change of changedAcsUsers) await takeBackNewAcsUser(transaction, actor, change)
  for (const change of changedIdentities) await takeBackNewIdentity(transaction, actor, change)
}

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
