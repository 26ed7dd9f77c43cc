import { and, desc, eq, gte, inArray, lt, type SQL, sql } from 'drizzle-orm'
import { database } from '@/db/client'
import { accessSystems } from '@/db/schema/access-systems'
import { acsUsers } from '@/db/schema/acs-users'
import { events } from '@/db/schema/events'
import { mergedIdentities } from '@/db/schema/merged-identities'
import { userIdentities } from '@/db/schema/user-identities'
import { isUuid } from '@/lib/platform/input'
import type { Permission } from '@/lib/platform/permissions'
import { type EventEntry, type EventListItem, type EventSlice, eventSentence } from './event'
import { type EventKind, eventKinds } from './kinds'
import { canBeUndone, keepsWhatWas } from './undoable'

/** The newest events of a workspace, or of one identity or one ACS user of it. */
export async function listRecentEvents(
  workspaceId: string,
  about: { userIdentityId?: string; acsUserId?: string },
  limit: number,
): Promise<EventListItem[]> {
  if ([about.userIdentityId, about.acsUserId].some((id) => id !== undefined && !isUuid(id))) return []
  const connection = await database()
  const rows = await connection
    .select({
      eventId: events.eventId,
      eventType: events.eventType,
      occurredAt: events.occurredAt,
      actorName: events.actorName,
      userIdentityId: events.userIdentityId,
      acsSystemId: events.acsSystemId,
      acsUserId: events.acsUserId,
      data: events.data,
    })
    .from(events)
    .where(
      and(
        eq(events.workspaceId, workspaceId),
        about.userIdentityId !== undefined ? eq(events.userIdentityId, about.userIdentityId) : undefined,
        about.acsUserId !== undefined ? eq(events.acsUserId, about.acsUserId) : undefined,
      ),
    )
    .orderBy(desc(events.eventId))
    .limit(limit)
  return rows.map((row) => ({ ...row, occurredAt: row.occurredAt.toISOString() }))
}

/** The newest of what happened to a person, by which a page that shows them sees that it is out of date. */
export type LatestEvent = { eventId: string; actorId: string | null; actorName: string; sentence: string }

/** The newest event of a person and of the ACS users they held then; null when nothing ever happened. One indexed read. */
export async function getLatestEvent(workspaceId: string, userIdentityId: string): Promise<LatestEvent | null> {
  if (!isUuid(userIdentityId)) return null
  const connection = await database()
  const [row] = await connection
    .select({
      eventId: events.eventId,
      eventType: events.eventType,
      actorId: events.actorId,
      actorName: events.actorName,
      data: events.data,
    })
    .from(events)
    .where(and(eq(events.workspaceId, workspaceId), eq(events.userIdentityId, userIdentityId)))
    .orderBy(desc(events.eventId))
    .limit(1)
  if (!row) return null
  const { eventId, actorId, actorName } = row
  return { eventId, actorId, actorName, sentence: eventSentence(row) }
}

/** Which events a history is of; all of these at once. */
type HistoryFilter = {
  kind?: EventKind | null
  /** A person, with the ACS users that are linked to it and their credentials, and who was merged into it. */
  userIdentityId?: string | null
  acsSystemId?: string | null
  actorName?: string | null
  since?: Date | null
  before?: Date | null
}

/**
 * A history, newest first. Its first rows are found by index, whatever it is filtered by; the events
 * of a person's ACS users and credentials, and of whoever was merged into the person, are put among the
 * person's own, each read newest first.
 *
 * @param may what the viewer's role permits; null where nobody asks what is or can be undone.
 * @param cursor what `nextCursor` of the entries before said; null for the newest. What it never said begins anew.
 */
export async function listEvents(
  workspaceId: string,
  filter: HistoryFilter,
  may: ((permission: Permission) => boolean) | null,
  { cursor, limit }: { cursor: string | null; limit: number },
): Promise<EventSlice> {
  const after = cursor !== null && isUuid(cursor) ? cursor : null
  if (filter.userIdentityId && !isUuid(filter.userIdentityId)) return { entries: [], nextCursor: null }
  const connection = await database()
  const rows = await connection
    .select({
      event: events,
      identity: userIdentities.userIdentityId,
      acsUser: acsUsers.acsUserId,
      acsSystem: accessSystems.acsSystemId,
      mergedInto: mergedIdentities.survivorId,
    })
    .from(events)
    .leftJoin(
      userIdentities,
      and(eq(userIdentities.workspaceId, events.workspaceId), eq(userIdentities.userIdentityId, events.userIdentityId)),
    )
    .leftJoin(
      mergedIdentities,
      and(eq(mergedIdentities.workspaceId, events.workspaceId), eq(mergedIdentities.mergedId, events.userIdentityId)),
    )
    .leftJoin(acsUsers, and(eq(acsUsers.workspaceId, events.workspaceId), eq(acsUsers.acsUserId, events.acsUserId)))
    .leftJoin(
      accessSystems,
      and(eq(accessSystems.workspaceId, events.workspaceId), eq(accessSystems.acsSystemId, events.acsSystemId)),
    )
    .where(historyCondition(workspaceId, filter, after, limit + 1))
    .orderBy(desc(events.eventId))
    .limit(limit + 1)
  const shown = rows.slice(0, limit)
  const changeIds = [...new Set(shown.flatMap(({ event }) => event.changeId ?? []))]
  const [undoable, undone] = may
    ? await Promise.all([undoableChanges(workspaceId, changeIds, may), undoneChanges(workspaceId, changeIds)])
    : [new Set(), new Set()]
  const entries = shown.map(({ event, identity, acsUser, acsSystem, mergedInto }): EventEntry => {
    const { eventId, eventType, actorKind, actorName, requestId, changeId, undoesChangeId, data } = event
    const isUndone = changeId !== null && undone.has(changeId)
    return {
      ...{ eventId, eventType, actorKind, actorName, requestId, changeId, undoesChangeId, data, isUndone },
      occurredAt: event.occurredAt.toISOString(),
      userIdentityId: event.userIdentityId,
      acsSystemId: event.acsSystemId,
      acsUserId: event.acsUserId,
      acsCredentialId: event.acsCredentialId,
      isOfMerged: mergedInto !== null,
      isUndoable: changeId !== null && !isUndone && undoable.has(changeId),
      isThere: { userIdentity: identity !== null, acsUser: acsUser !== null, acsSystem: acsSystem !== null },
    }
  })
  return { entries, nextCursor: rows.length > limit ? (entries.at(-1)?.eventId ?? null) : null }
}

/**
 * What a history's rows fulfil. Ids of events begin with when they were made, which every index ends
 * with: so a span of time bounds them too.
 */
function historyCondition(
  workspaceId: string,
  filter: HistoryFilter,
  after: string | null,
  limit: number,
): SQL | undefined {
  const { kind, userIdentityId, acsSystemId, actorName, since, before } = filter
  const narrowed = and(
    eq(events.workspaceId, workspaceId),
    after === null ? undefined : lt(events.eventId, after),
    kind ? inArray(events.eventType, [...eventKinds[kind].types]) : undefined,
    acsSystemId ? eq(events.acsSystemId, acsSystemId) : undefined,
    actorName ? eq(events.actorName, actorName) : undefined,
    since ? and(gte(events.occurredAt, since), gte(events.eventId, idAt(since.getTime() - clockSlack))) : undefined,
    before ? and(lt(events.occurredAt, before), lt(events.eventId, idAt(before.getTime() + clockSlack))) : undefined,
  )
  if (!userIdentityId) return narrowed
  const newest = (about: SQL) => sql`(
    select ${events.eventId} from ${events} where ${and(narrowed, about)}
    order by ${events.eventId} desc limit ${limit})`
  const theirAcsUsers = sql`select acs_user_id, acs_system_id from acs_users
    where workspace_id = ${workspaceId} and user_identity_id = ${userIdentityId}`
  return and(
    eq(events.workspaceId, workspaceId),
    // As an array, they are looked up one by one; as a table, the planner may read all events to join them.
    sql`${events.eventId} = any(array(
      select event_id from (
        ${newest(eq(events.userIdentityId, userIdentityId))}
        union select about.event_id from merged_identities as merged
          cross join lateral ${newest(sql`${events.userIdentityId} = merged.merged_id`)} as about
          where merged.workspace_id = ${workspaceId} and merged.survivor_id = ${userIdentityId}
        union select about.event_id from (${theirAcsUsers}) as theirs
          cross join lateral ${newest(sql`${events.acsUserId} = theirs.acs_user_id`)} as about
        union select about.event_id from (${theirAcsUsers}) as theirs
          join acs_credentials as held
            on held.workspace_id = ${workspaceId} and held.acs_user_id = theirs.acs_user_id
          cross join lateral ${newest(sql`${events.acsCredentialId} = held.acs_credential_id`)} as about
      ) as found
      order by event_id desc limit ${limit}))`,
  )
}

/** How far the clock of the database may be from the one that ids are made by, in milliseconds. */
const clockSlack = 86_400_000

/** The least UUIDv7 of a moment. */
function idAt(milliseconds: number): string {
  const hexadecimal = Math.min(Math.max(0, milliseconds), 2 ** 48 - 1)
    .toString(16)
    .padStart(12, '0')
  return `${hexadecimal.slice(0, 8)}-${hexadecimal.slice(8)}-7000-8000-000000000000`
}

/** Those of some changes that can be taken back as far as their events and a role tell. */
async function undoableChanges(
  workspaceId: string,
  changeIds: string[],
  may: (permission: Permission) => boolean,
): Promise<Set<string>> {
  if (changeIds.length === 0) return new Set()
  const connection = await database()
  // Not every event of a change, of which there may be thousands, but every sort of them.
  const rows = await connection
    .selectDistinct({
      changeId: events.changeId,
      eventType: events.eventType,
      accessMethod: sql<string | null>`${events.data} #>> '{credential,access_method}'`,
      wentWithAcsUser: sql<boolean>`${events.data} #> '{credential,went_with_acs_user}' is not null`,
      changesCode: sql<boolean>`${events.data} #> '{changes,code}' is not null`,
      keepsWhatWas: sql<boolean>`${events.data} ?| ${sql.raw(`array['${keepsWhatWas.join("', '")}']`)}`,
      isRestored: sql<boolean>`${events.data} -> 'is_restored' is not null`,
    })
    .from(events)
    .where(and(eq(events.workspaceId, workspaceId), inArray(events.changeId, changeIds)))
  return new Set(
    changeIds.filter((id) =>
      canBeUndone(
        rows.filter(({ changeId }) => changeId === id),
        may,
      ),
    ),
  )
}

/** Those of some changes that were taken back, by an undo that was not taken back itself. */
async function undoneChanges(workspaceId: string, changeIds: string[]): Promise<Set<string>> {
  if (changeIds.length === 0) return new Set()
  const connection = await database()
  const { rows } = (await connection.execute(sql`
    with recursive undos as (
      select change_id, undoes_change_id from events
      where workspace_id = ${workspaceId}
        and undoes_change_id in (${sql.join(
          changeIds.map((id) => sql`${id}::uuid`),
          sql`, `,
        )})
      union
      select events.change_id, events.undoes_change_id from events
      join undos on events.undoes_change_id = undos.change_id
      where events.workspace_id = ${workspaceId}
    )
    select change_id, undoes_change_id from undos`)) as unknown as {
    rows: { change_id: string; undoes_change_id: string }[]
  }
  const isUndone = (id: string): boolean =>
    rows.some(({ change_id, undoes_change_id }) => undoes_change_id === id && !isUndone(change_id))
  return new Set(changeIds.filter(isUndone))
}

/** Who ever did something in a workspace, by name; each is looked up by index, however much they did. */
export async function listActorNames(workspaceId: string): Promise<string[]> {
  const connection = await database()
  const { rows } = (await connection.execute(sql`
    with recursive names as (
      (select actor_name from events where workspace_id = ${workspaceId} order by actor_name limit 1)
      union all
      select (
        select events.actor_name from events
        where events.workspace_id = ${workspaceId} and events.actor_name > names.actor_name
        order by events.actor_name limit 1
      ) from names where names.actor_name is not null
    )
    select actor_name from names where actor_name is not null limit ${mostActors}`)) as unknown as {
    rows: { actor_name: string }[]
  }
  return rows.map(({ actor_name }) => actor_name)
}

const mostActors = 200

/** What a person is called, or was when the history last named it; null for somebody it never knew. */
export async function findPersonName(workspaceId: string, userIdentityId: string): Promise<string | null> {
  if (!isUuid(userIdentityId)) return null
  const connection = await database()
  const [event] = await connection
    .select({
      nameThen: sql<string | null>`${events.data} ->> 'user_identity_name'`,
      nameNow: userIdentities.displayName,
    })
    .from(events)
    .leftJoin(
      userIdentities,
      and(eq(userIdentities.workspaceId, events.workspaceId), eq(userIdentities.userIdentityId, events.userIdentityId)),
    )
    .where(and(eq(events.workspaceId, workspaceId), eq(events.userIdentityId, userIdentityId)))
    .orderBy(desc(events.eventId))
    .limit(1)
  return event ? (event.nameNow ?? event.nameThen) : null
}
