import { and, eq, gt, sql } from 'drizzle-orm'
import { events } from '@/db/schema/events'
import type { LockedAcsUser } from '@/lib/access/acs-user-rows/lock-acs-users'
import {
  entrancesOf,
  giveCredential,
  insertCredential,
  removeCredential,
  takeCredential,
  writeCredential,
} from '@/lib/access/credentials/change-credentials'
import { type LockedCredential, lockCredential } from '@/lib/access/credentials/lock-credentials'
import { lockEntrances } from '@/lib/access/entrances/lock-entrances'
import { lockAccessSystem } from '@/lib/access/system-rows/lock-access-system'
import { fieldName } from '@/lib/history/events/event'
import type { NetChange } from '@/lib/history/events/net-change'
import type { Actor } from '@/lib/platform/actor'
import type { Transaction } from '@/lib/platform/transaction'
import { contradictedBy, contradiction } from './contradiction'
import type { Held } from './locked-things'
import { isSame, valuesBefore } from './values-before'

type CredentialChange = NetChange['credentials'] extends Map<string, infer Change> ? Change : never

const words = ({ holderName }: CredentialChange) => (holderName ? `the credential of ${holderName}` : 'the credential')

/**
 * Whether a change deleted a credential that nothing can bring back: a card or a door code, of which the history
 * does not keep what it was. The deletion of one by itself is not undone; with its ACS user's, the rest is.
 */
export function isLost({ exists, existence }: CredentialChange): boolean {
  return exists.get('exists')?.from === true && existence?.data.credential?.access_method !== 'mobile_key'
}

/** Deletes a credential that a change issued, or brings back the one that it deleted, with its very id. */
export async function takeBackCredentialExistence(
  transaction: Transaction,
  actor: Actor,
  change: CredentialChange,
  now: Held,
): Promise<void> {
  const exists = change.exists.get('exists')
  const credential = now.credential(change.id)
  if (!exists || exists.from === (credential !== undefined)) return
  if (credential) {
    await refuseChangedSince(transaction, actor, change, credential)
    await removeCredential(transaction, actor, credential)
    return
  }
  const event = change.existence
  const was = event?.data.credential
  if (!event || !was || isLost(change)) return
  if (event.acsUserId && !now.acsUser(event.acsUserId)) {
    throw contradiction(`${event.data.acs_user_name ?? 'the ACS user'} was deleted since.`)
  }
  const acsSystemId = event.acsSystemId ?? ''
  await contradictedBy(lockAccessSystem(transaction, actor.workspaceId, acsSystemId))
  await contradictedBy(lockEntrances(transaction, actor.workspaceId, acsSystemId, was.acs_entrance_ids))
  const date = (value: string | null) => (value === null ? null : new Date(value))
  await insertCredential(
    transaction,
    actor,
    {
      acsCredentialId: change.id,
      acsSystemId,
      acsUserId: event.acsUserId,
      accessMethod: was.access_method,
      displayName: was.display_name,
      startsAt: date(was.starts_at),
      endsAt: date(was.ends_at),
      isIssued: was.is_issued,
      issuedAt: date(was.issued_at),
    },
    was.acs_entrance_ids,
  )
}

/** A credential that a change issued goes again only as the change left it. */
async function refuseChangedSince(
  transaction: Transaction,
  actor: Actor,
  change: CredentialChange,
  credential: LockedCredential,
): Promise<void> {
  const event = change.existence
  if (!event) return
  const issuedTo = change.holder.has('holder') ? (change.holder.get('holder')?.to ?? null) : event.acsUserId
  if (credential.acsUserId !== issuedTo) throw contradiction(`${words(change)} is somebody else’s now.`)
  const was = event.data.credential
  if (!was) return
  const left = (field: 'starts_at' | 'ends_at') =>
    change.fields.has(field) ? (change.fields.get(field)?.to ?? null) : was[field]
  if (
    !isSame(credential.startsAt?.toISOString() ?? null, left('starts_at')) ||
    !isSame(credential.endsAt?.toISOString() ?? null, left('ends_at'))
  ) {
    throw contradiction(`the validity of ${words(change)} was changed since.`)
  }
  const [otherCode] =
    credential.accessMethod === 'code'
      ? await transaction
          .select({ eventId: events.eventId })
          .from(events)
          .where(
            and(
              eq(events.workspaceId, actor.workspaceId),
              eq(events.acsCredentialId, change.id),
              gt(events.eventId, event.eventId),
              eq(events.eventType, 'acs_credential.updated'),
              sql`${events.data} -> 'changes' ? 'code'`,
            ),
          )
          .limit(1)
      : []
  if (otherCode) throw contradiction(`the code of ${words(change)} was changed since.`)
  const opens = await entrancesOf(transaction, credential)
  if (opens.join() !== [...was.acs_entrance_ids].sort().join()) {
    throw contradiction(`the doors of ${words(change)} were changed since.`)
  }
}

/** Takes back what a change wrote into a credential that was there before. */
export async function takeBackCredential(
  transaction: Transaction,
  actor: Actor,
  change: CredentialChange,
  now: Held,
): Promise<void> {
  const exists = change.exists.get('exists')
  const isNew = exists?.from === false || (change.existence !== null && !exists)
  if (isNew || change.fields.size + change.holder.size === 0) return
  // One that was just brought back is there, though it was not when things were looked up.
  const credential = exists
    ? await lockCredential(transaction, actor.workspaceId, change.id)
    : now.credential(change.id)
  if (!credential) throw contradiction(`${words(change)} was deleted since.`)
  const before = valuesBefore(
    {
      starts_at: credential.startsAt?.toISOString() ?? null,
      ends_at: credential.endsAt?.toISOString() ?? null,
    },
    change.fields,
    (field) => `the ${fieldName(field)} of ${words(change)}`,
  )
  const date = (value: string | null | undefined) => (typeof value === 'string' ? new Date(value) : value)
  const after = { startsAt: date(before.starts_at), endsAt: date(before.ends_at) }
  const { startsAt = credential.startsAt, endsAt = credential.endsAt } = after
  if (startsAt && endsAt && endsAt <= startsAt) {
    throw contradiction(`the validity of ${words(change)} was changed again since.`)
  }
  await writeCredential(transaction, actor, credential, after)
  await takeBackHolder(transaction, actor, change, credential, now)
}

async function takeBackHolder(
  transaction: Transaction,
  actor: Actor,
  change: CredentialChange,
  credential: LockedCredential,
  now: Held,
): Promise<void> {
  const cell = change.holder.get('holder')
  if (!cell || credential.acsUserId === cell.from) return
  if (credential.acsUserId !== cell.to) {
    throw contradiction(`${words(change)} ${credential.acsUserId ? 'is somebody else’s' : 'is nobody’s'} now.`)
  }
  const heldBy = (id: string | null): LockedAcsUser | null => {
    if (id === null) return null
    const acsUser = now.acsUser(id)
    if (!acsUser) throw contradiction(`whose ${words(change)} was, was deleted since.`)
    return acsUser
  }
  const [from, to] = [heldBy(cell.to), heldBy(cell.from)]
  if (from) await takeCredential(transaction, actor, credential, from)
  if (to) {
    const free = await lockCredential(transaction, actor.workspaceId, change.id)
    await giveCredential(transaction, actor, free, to)
  }
}
