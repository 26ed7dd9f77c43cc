import type { EventData, events } from '@/db/schema/events'
import type { EventType } from './event'

type EventRow = typeof events.$inferSelect

/** What a change did to one value: what it was before the change, and what the change left. */
export type Cell<Value = string | null> = { from: Value; to: Value }

/** What a thing was when the change deleted it, or brought it back; null for what it did not, or created. */
type Was<Kind extends 'identity' | 'acs_user'> = NonNullable<EventData[Kind]> | null

type IdentityChange = {
  id: string
  name: string
  /** Whether the change created it, or brought it back. */
  isNew: boolean
  /** Whether the change deleted it. */
  isGone: boolean
  was: Was<'identity'>
  /** How many of the events wrote its characteristics. */
  edits: number
  fields: Map<string, Cell>
  movesOutAt: Map<'moves_out_at', Cell>
}

type AcsUserChange = {
  id: string
  acsSystemId: string | null
  name: string
  isNew: boolean
  isGone: boolean
  was: Was<'acs_user'>
  edits: number
  fields: Map<string, Cell>
  /** The identity that holds it. */
  holder: Map<'holder', Cell>
  suspended: Map<'suspended', Cell<boolean>>
  /** Whether it was said to stand for no person. */
  notAPerson: Map<'not_a_person', Cell<boolean>>
  groups: Map<string, Cell<boolean>>
  entrances: Map<string, Cell<boolean>>
  credentialEntrances: Map<string, Cell<boolean>>
}

type CredentialChange = {
  id: string
  acsSystemId: string | null
  /** Whose it was in what the history tells. */
  holderName: string | null
  exists: Map<'exists', Cell<boolean>>
  /** The event that issued or deleted it. */
  existence: EventRow | null
  fields: Map<string, Cell>
  holder: Map<'holder', Cell>
}

type MergeChange = {
  /** Who was merged. */
  id: string
  was: NonNullable<EventData['merged']>
  /** Whether they are an identity of their own. */
  exists: Map<'exists', Cell<boolean>>
}

type DistinctChange = { oneId: string; otherId: string; distinct: Map<'distinct', Cell<boolean>> }

/** All that a change did, thing by thing: of what it did and took back itself, nothing is left. */
export type NetChange = {
  identities: Map<string, IdentityChange>
  acsUsers: Map<string, AcsUserChange>
  credentials: Map<string, CredentialChange>
  /** By who was merged. */
  merges: Map<string, MergeChange>
  /** By both ids of a pair. */
  distinct: Map<string, DistinctChange>
}

/** A credential and an entrance that it opens by itself, as one key. */
const pairKey = (acsCredentialId: string, acsEntranceId: string) => `${acsCredentialId} ${acsEntranceId}`

/** The credential and the entrance of a pair's key. */
export function pairOf(key: string): { acsCredentialId: string; acsEntranceId: string } {
  const [acsCredentialId = '', acsEntranceId = ''] = key.split(' ')
  return { acsCredentialId, acsEntranceId }
}

/** Notes a further write to a value; one that ends where it began is none. */
function note<Key, Value>(cells: Map<Key, Cell<Value>>, key: Key, from: Value, to: Value): void {
  const cell = { from: cells.has(key) ? (cells.get(key) as Cell<Value>).from : from, to }
  if (cell.from === cell.to) cells.delete(key)
  else cells.set(key, cell)
}

/** Notes that a thing came to be, or is no more; of what did both within the change, nothing is left. */
function noteExistence<Description>(
  thing: { isNew: boolean; isGone: boolean; was: Description | null },
  isThere: boolean,
  was: Description | undefined,
): void {
  const wasToggled = isThere ? thing.isGone : thing.isNew
  thing.isNew = isThere && !wasToggled
  thing.isGone = !isThere && !wasToggled
  thing.was = was ?? null
}

/** Sums up the events of one change, given oldest first. */
export function netChange(rows: EventRow[]): NetChange {
  const net: NetChange = {
    identities: new Map(),
    acsUsers: new Map(),
    credentials: new Map(),
    merges: new Map(),
    distinct: new Map(),
  }
  for (const row of rows) if (!concernsSystemItself(row) && !concernsTask(row)) add(net, row)
  return net
}

/** An access system, a door or an access group itself: `takeBackRemoved` sees to those. */
const concernsSystemItself = ({ eventType, acsUserId }: EventRow) =>
  eventType.startsWith('acs_system.') ||
  eventType.startsWith('acs_entrance.') ||
  (eventType.startsWith('acs_access_group.') && acsUserId === null)

/** A task that was ticked off or reopened: `takeBackTasks` sees to those. */
const concernsTask = ({ eventType }: EventRow) => eventType.startsWith('task.')

function add(net: NetChange, row: EventRow): void {
  const type = row.eventType as EventType
  const changes = Object.entries(row.data.changes ?? {})
  const [thing] = type.split('.')
  if (thing === 'user_identity') {
    const identity = identityOf(net, row)
    if (type === 'user_identity.created') noteExistence(identity, true, row.data.identity)
    else if (type === 'user_identity.deleted') noteExistence(identity, false, row.data.identity)
    else if (type === 'user_identity.updated') {
      identity.edits++
      for (const [field, { from, to }] of changes) note(identity.fields, field, from, to)
    } else if (type === 'user_identity.acs_user_added') {
      note(acsUserOf(net, row).holder, 'holder', null, row.userIdentityId)
    } else if (type === 'user_identity.acs_user_removed') {
      note(acsUserOf(net, row).holder, 'holder', row.userIdentityId, null)
    } else if (type === 'user_identity.merged' || type === 'user_identity.unmerged') {
      const isMerge = type === 'user_identity.merged'
      const merge = mergeOf(net, row)
      if (merge) note(merge.exists, 'exists', isMerge, !isMerge)
    } else if (type === 'user_identity.duplicate_dismissed' || type === 'user_identity.duplicate_restored') {
      const isDismissal = type === 'user_identity.duplicate_dismissed'
      note(distinctOf(net, row).distinct, 'distinct', !isDismissal, isDismissal)
    } else if (row.data.changes?.moves_out_at) {
      const { from, to } = row.data.changes.moves_out_at
      note(identity.movesOutAt, 'moves_out_at', from, to)
    }
  } else if (thing === 'acs_user' || thing === 'acs_access_group') addToAcsUser(acsUserOf(net, row), row)
  else addToCredential(credentialOf(net, row), row)
}

function addToAcsUser(acsUser: AcsUserChange, row: EventRow): void {
  const type = row.eventType as EventType
  const { acsEntranceId, acsAccessGroupId, data } = row
  if (type === 'acs_user.created') noteExistence(acsUser, true, data.acs_user)
  else if (type === 'acs_user.deleted') {
    noteExistence(acsUser, false, data.acs_user)
    if (row.userIdentityId) note(acsUser.holder, 'holder', row.userIdentityId, null)
  } else if (type === 'acs_user.updated') {
    acsUser.edits++
    for (const [field, { from, to }] of Object.entries(data.changes ?? {})) note(acsUser.fields, field, from, to)
  } else if (type === 'acs_user.suspended') note(acsUser.suspended, 'suspended', false, true)
  else if (type === 'acs_user.unsuspended') note(acsUser.suspended, 'suspended', true, false)
  else if (type === 'acs_user.marked_not_a_person') note(acsUser.notAPerson, 'not_a_person', false, true)
  else if (type === 'acs_user.marked_a_person') note(acsUser.notAPerson, 'not_a_person', true, false)
  else if (type === 'acs_access_group.user_added') note(acsUser.groups, acsAccessGroupId ?? '', false, true)
  else if (type === 'acs_access_group.user_removed') note(acsUser.groups, acsAccessGroupId ?? '', true, false)
  else {
    const granted = type === 'acs_user.access_granted'
    if (data.revoked) {
      for (const id of data.revoked.acs_access_group_ids) note(acsUser.groups, id, !granted, granted)
      for (const id of data.revoked.acs_entrance_ids) note(acsUser.entrances, id, !granted, granted)
      for (const pair of data.revoked.credential_entrances) {
        const key = pairKey(pair.acs_credential_id, pair.acs_entrance_id)
        note(acsUser.credentialEntrances, key, !granted, granted)
      }
    } else if (acsEntranceId) note(acsUser.entrances, acsEntranceId, !granted, granted)
  }
}

function addToCredential(credential: CredentialChange, row: EventRow): void {
  const type = row.eventType as EventType
  if (type === 'acs_credential.issued' || type === 'acs_credential.deleted') {
    const issued = type === 'acs_credential.issued'
    note(credential.exists, 'exists', !issued, issued)
    credential.existence = row
  } else if (type === 'acs_credential.updated') {
    for (const [field, { from, to }] of Object.entries(row.data.changes ?? {})) note(credential.fields, field, from, to)
  } else if (type === 'acs_credential.assigned') note(credential.holder, 'holder', null, row.acsUserId)
  else note(credential.holder, 'holder', row.acsUserId, null)
}

function identityOf(net: NetChange, row: EventRow): IdentityChange {
  const id = row.userIdentityId ?? ''
  const identity = net.identities.get(id) ?? {
    id,
    name: '',
    isNew: false,
    isGone: false,
    was: null,
    edits: 0,
    fields: new Map(),
    movesOutAt: new Map(),
  }
  identity.name = row.data.user_identity_name ?? 'A person'
  net.identities.set(id, identity)
  return identity
}

function acsUserOf(net: NetChange, row: EventRow): AcsUserChange {
  const id = row.acsUserId ?? ''
  const acsUser = net.acsUsers.get(id) ?? {
    id,
    acsSystemId: row.acsSystemId,
    name: '',
    isNew: false,
    isGone: false,
    was: null,
    edits: 0,
    fields: new Map(),
    holder: new Map(),
    suspended: new Map(),
    notAPerson: new Map(),
    groups: new Map(),
    entrances: new Map(),
    credentialEntrances: new Map(),
  }
  acsUser.name = row.data.acs_user_name ?? 'An ACS user'
  net.acsUsers.set(id, acsUser)
  return acsUser
}

function credentialOf(net: NetChange, row: EventRow): CredentialChange {
  const id = row.acsCredentialId ?? ''
  const credential = net.credentials.get(id) ?? {
    id,
    acsSystemId: row.acsSystemId,
    holderName: row.data.acs_user_name ?? null,
    exists: new Map(),
    existence: null,
    fields: new Map(),
    holder: new Map(),
  }
  net.credentials.set(id, credential)
  return credential
}

function mergeOf(net: NetChange, row: EventRow): MergeChange | undefined {
  const was = row.data.merged
  if (!was) return undefined
  const id = was.user_identity_id
  const merge = net.merges.get(id) ?? { id, was, exists: new Map() }
  net.merges.set(id, merge)
  return merge
}

function distinctOf(net: NetChange, row: EventRow): DistinctChange {
  const [oneId, otherId] = [row.userIdentityId ?? '', row.data.other_person?.user_identity_id ?? '']
  const key = `${oneId} ${otherId}`
  const pair = net.distinct.get(key) ?? { oneId, otherId, distinct: new Map() }
  net.distinct.set(key, pair)
  return pair
}
