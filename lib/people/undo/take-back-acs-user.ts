import { and, eq } from 'drizzle-orm'
import { acsUsers } from '@/db/schema/acs-users'
import { credentialEntrances, credentials } from '@/db/schema/credentials'
import type { EventData } from '@/db/schema/events'
import { acsUserEventDetails } from '@/lib/access/acs-user-rows/acs-user-event-details'
import {
  acsUserFields,
  writeAcsUserDetails,
  writeNotAPerson,
  writeSuspension,
} from '@/lib/access/acs-user-rows/change-acs-users'
import { type AcsUserDescription, describeAcsUsers } from '@/lib/access/acs-user-rows/describe-acs-users'
import { type LockedAcsUser, lockAcsUsers } from '@/lib/access/acs-user-rows/lock-acs-users'
import { phoneColumns } from '@/lib/access/acs-users/acs-user-input'
import { bringBackAcsUser } from '@/lib/access/acs-users/bring-back'
import { removeAcsUsers } from '@/lib/access/acs-users/removal'
import { lockCredentials } from '@/lib/access/credentials/lock-credentials'
import { grantEntrance, revokeEntrance } from '@/lib/access/entrances/direct-access'
import { lockEntrances } from '@/lib/access/entrances/lock-entrances'
import { joinAccessGroups, leaveAccessGroups } from '@/lib/access/groups/membership'
import { getHolder, linkAcsUser, unlinkAcsUser } from '@/lib/access/links/link'
import { lockAccessSystem } from '@/lib/access/system-rows/lock-access-system'
import { getDefaultCountry } from '@/lib/accounts/workspaces/queries'
import { recordEvents } from '@/lib/history/events/commands'
import { fieldName } from '@/lib/history/events/event'
import { type NetChange, pairOf } from '@/lib/history/events/net-change'
import type { Actor } from '@/lib/platform/actor'
import type { Transaction } from '@/lib/platform/transaction'
import { contradictedBy, contradiction } from './contradiction'
import type { Held } from './locked-things'
import { personIsGone } from './person-is-gone'
import { valuesBefore } from './values-before'

type AcsUserChange = NetChange['acsUsers'] extends Map<string, infer Change> ? Change : never

/** Brings back an ACS user that a change deleted, with its very id and nobody's yet; gives it as it is now. */
export async function takeBackGoneAcsUser(
  transaction: Transaction,
  actor: Actor,
  { id, acsSystemId, isGone, was }: AcsUserChange,
  now: Held,
): Promise<LockedAcsUser | undefined> {
  if (!isGone || !was || now.acsUser(id)) return undefined
  const system = await contradictedBy(lockAccessSystem(transaction, actor.workspaceId, acsSystemId ?? ''))
  return bringBackAcsUser(transaction, actor, id, system, was)
}

/** Takes back what a change wrote into an ACS user, except whose it is. */
export async function takeBackAcsUser(
  transaction: Transaction,
  actor: Actor,
  change: AcsUserChange,
  now: Held,
): Promise<void> {
  const acsUser = now.acsUser(change.id)
  if (!acsUser) {
    if (change.isNew) return
    throw contradiction(`${change.name} was deleted since.`)
  }
  if (!change.isNew) await takeBackDetails(transaction, actor, acsUser, change)
  const suspended = change.suspended.get('suspended')
  if (suspended) await writeSuspension(transaction, actor, acsUser, suspended.from)
  await takeBackGroups(transaction, actor, acsUser, change)
  await takeBackEntrances(transaction, actor, acsUser, change)
  await takeBackCredentialEntrances(transaction, actor, acsUser, change)
}

async function takeBackDetails(transaction: Transaction, actor: Actor, acsUser: LockedAcsUser, change: AcsUserChange) {
  const before = valuesBefore(acsUserFields(acsUser), change.fields, (field) => {
    return `${acsUser.displayName}’s ${fieldName(field)}`
  })
  const date = (value: string | null | undefined, current: Date | null) =>
    value === undefined ? current : value === null ? null : new Date(value)
  const phone = before.phone_number
  const after: LockedAcsUser = {
    ...acsUser,
    fullName: before.full_name === undefined ? acsUser.fullName : before.full_name,
    emailAddress: before.email_address === undefined ? acsUser.emailAddress : before.email_address,
    ...(phone === null && { phoneNumber: null, phoneNumberE164: null }),
    ...(phone && phoneColumns(phone, await getDefaultCountry(actor.workspaceId))),
    accessStartsAt: date(before.access_starts_at, acsUser.accessStartsAt),
    accessEndsAt: date(before.access_ends_at, acsUser.accessEndsAt),
  }
  if (after.accessStartsAt && after.accessEndsAt && after.accessEndsAt <= after.accessStartsAt) {
    throw contradiction(`the access schedule of ${acsUser.displayName} was changed again since.`)
  }
  if (!after.fullName && !after.emailAddress && !after.phoneNumber) {
    throw contradiction(`${acsUser.displayName} would be left without name, email address and phone number.`)
  }
  await writeAcsUserDetails(transaction, actor, acsUser, after)
}

async function takeBackGroups(transaction: Transaction, actor: Actor, acsUser: LockedAcsUser, change: AcsUserChange) {
  const groups = [...change.groups].sort()
  const idsWhere = (wasMember: boolean) => groups.filter(([, { from }]) => from === wasMember).map(([id]) => id)
  await contradictedBy(joinAccessGroups(transaction, actor, acsUser, idsWhere(true)))
  await leaveAccessGroups(transaction, actor, acsUser, idsWhere(false))
}

async function takeBackEntrances(
  transaction: Transaction,
  actor: Actor,
  acsUser: LockedAcsUser,
  change: AcsUserChange,
) {
  const ids = [...change.entrances.keys()]
  const entrances = await contradictedBy(lockEntrances(transaction, actor.workspaceId, acsUser.acsSystemId, ids))
  for (const entrance of entrances) {
    const write = change.entrances.get(entrance.acsEntranceId)?.from ? grantEntrance : revokeEntrance
    await write(transaction, actor, acsUser, entrance)
  }
}

/** The entrances of its credentials, of which the history tells as of access that was revoked or given back. */
async function takeBackCredentialEntrances(
  transaction: Transaction,
  actor: Actor,
  acsUser: LockedAcsUser,
  change: AcsUserChange,
) {
  const { workspaceId } = actor
  const { acsSystemId } = acsUser
  const granted: Pair[] = []
  const revoked: Pair[] = []
  const pairs = [...change.credentialEntrances].sort()
  if (pairs.length === 0) return
  // Looked up again: some may just have been brought back.
  const ids = pairs.map(([key]) => pairOf(key).acsCredentialId)
  const there = await lockCredentials(transaction, workspaceId, ids)
  for (const [key, { from }] of pairs) {
    const pair = pairOf(key)
    if (!there.some(({ acsCredentialId }) => acsCredentialId === pair.acsCredentialId)) {
      throw contradiction(`a credential of ${acsUser.displayName} was deleted since.`)
    }
    const rows = from
      ? await transaction
          .insert(credentialEntrances)
          .values({ workspaceId, acsSystemId, ...pair })
          .onConflictDoNothing()
          .returning()
      : await transaction
          .delete(credentialEntrances)
          .where(
            and(
              eq(credentialEntrances.workspaceId, workspaceId),
              eq(credentialEntrances.acsCredentialId, pair.acsCredentialId),
              eq(credentialEntrances.acsEntranceId, pair.acsEntranceId),
            ),
          )
          .returning()
    if (rows.length > 0) (from ? granted : revoked).push(pair)
  }
  const about = await acsUserEventDetails(transaction, acsUser)
  const event = (eventType: 'acs_user.access_granted' | 'acs_user.access_revoked', pairs: Pair[]) =>
    pairs.length === 0 ? [] : [{ ...about, eventType, data: { ...about.data, revoked: revokedPairs(pairs) } }]
  await recordEvents(transaction, actor, [
    ...event('acs_user.access_granted', granted),
    ...event('acs_user.access_revoked', revoked),
  ])
}

type Pair = { acsCredentialId: string; acsEntranceId: string }

const revokedPairs = (pairs: Pair[]): EventData['revoked'] => ({
  acs_access_group_ids: [],
  acs_entrance_ids: [],
  credential_entrances: pairs.map(({ acsCredentialId, acsEntranceId }) => ({
    acs_credential_id: acsCredentialId,
    acs_entrance_id: acsEntranceId,
  })),
})

/** Gives an ACS user back to whom it belonged before a change. */
export async function takeBackLink(
  transaction: Transaction,
  actor: Actor,
  change: AcsUserChange,
  now: Held,
): Promise<void> {
  const link = change.holder.get('holder')
  const acsUser = now.acsUser(change.id)
  if (!link || !acsUser || acsUser.userIdentityId === link.from) return
  const { acsUserId, displayName, userIdentityId } = acsUser
  if (userIdentityId !== link.to) {
    const holder = await getHolder(transaction, actor.workspaceId, userIdentityId)
    throw contradiction(
      holder ? `${displayName} is attached to ${holder.displayName} now.` : `${displayName} was detached since.`,
    )
  }
  if (link.from === null) {
    await unlinkAcsUser(transaction, actor, { userIdentityId: userIdentityId ?? '', acsUserId })
    return
  }
  if (!now.identity(link.from)) {
    throw await personIsGone(actor.workspaceId, link.from, `whom ${displayName} belonged to`)
  }
  await contradictedBy(
    linkAcsUser(transaction, actor, { userIdentityId: link.from, acsUserId, moveFrom: userIdentityId }),
  )
}

/** Takes back whether an ACS user was said to stand for no person; whose it is was taken back before. */
export async function takeBackNotAPerson(transaction: Transaction, actor: Actor, change: AcsUserChange): Promise<void> {
  const mark = change.notAPerson.get('not_a_person')
  if (!mark) return
  const [acsUser] = await lockAcsUsers(
    transaction,
    and(eq(acsUsers.workspaceId, actor.workspaceId), eq(acsUsers.acsUserId, change.id)),
  )
  if (!acsUser) return
  await contradictedBy(writeNotAPerson(transaction, actor, acsUser, mark.from))
}

/** What an ACS user is that was just created, as far as it is looked at before it is deleted again. */
const asCreated: Pick<
  AcsUserDescription,
  'version' | 'is_suspended' | 'not_a_person_at' | 'acs_access_group_ids' | 'acs_entrance_ids'
> = { version: 1, is_suspended: false, not_a_person_at: null, acs_access_group_ids: [], acs_entrance_ids: [] }

/** Deletes an ACS user that a change created or brought back, if all that it has is what the change gave it. */
export async function takeBackNewAcsUser(transaction: Transaction, actor: Actor, change: AcsUserChange): Promise<void> {
  if (!change.isNew) return
  const { workspaceId } = actor
  const [acsUser] = await lockAcsUsers(
    transaction,
    and(eq(acsUsers.workspaceId, workspaceId), eq(acsUsers.acsUserId, change.id)),
  )
  if (!acsUser) return
  const { acsUserId, displayName } = acsUser
  const [is] = await describeAcsUsers(transaction, workspaceId, [acsUser])
  const was = change.was ?? asCreated
  if (acsUser.version !== was.version + change.edits) throw contradiction(`${displayName} was edited since.`)
  if (acsUser.isSuspended !== was.is_suspended) {
    const what = acsUser.isSuspended ? `${displayName} was suspended` : `the suspension of ${displayName} was lifted`
    throw contradiction(`${what} since.`)
  }
  if ((acsUser.notAPersonAt === null) !== (was.not_a_person_at === null)) {
    throw contradiction(`whether ${displayName} is a person was decided since.`)
  }
  const holder = await getHolder(transaction, workspaceId, acsUser.userIdentityId)
  if (holder) throw contradiction(`${displayName} is attached to ${holder.displayName} now.`)
  const [credential] = await transaction
    .select({ id: credentials.acsCredentialId })
    .from(credentials)
    .where(and(eq(credentials.workspaceId, workspaceId), eq(credentials.acsUserId, acsUserId)))
    .limit(1)
  if (credential) throw contradiction(`a credential was issued to ${displayName} since.`)
  if (is?.acs_access_group_ids.some((id) => !was.acs_access_group_ids.includes(id))) {
    throw contradiction(`${displayName} was added to an access group since.`)
  }
  if (is?.acs_entrance_ids.some((id) => !was.acs_entrance_ids.includes(id))) {
    throw contradiction(`${displayName} was given access to a door since.`)
  }
  await removeAcsUsers(transaction, actor, [acsUser])
}
