import { and, asc, desc, eq, isNotNull, isNull, type SQL, sql } from 'drizzle-orm'
import { database } from '@/db/client'
import { accessGroupMembers, accessGroups } from '@/db/schema/access-groups'
import { accessSystems } from '@/db/schema/access-systems'
import { acsUsers } from '@/db/schema/acs-users'
import { credentials } from '@/db/schema/credentials'
import { events } from '@/db/schema/events'
import { tasks } from '@/db/schema/tasks'
import { userIdentities } from '@/db/schema/user-identities'
import { isUuid } from '@/lib/platform/input'
import { countOf } from '@/lib/platform/pagination/count-rows'
import { cardNumberOf } from '../acs-user-rows/credential-secrets'
import type { TaskListParameters } from './list-parameters'
import { type Task, taskSentence } from './task'

/** Some tasks, and after which of them it goes on; null at the end. */
export type TaskSlice = { tasks: Task[]; nextCursor: string | null }

const isOpen = and(isNull(tasks.doneAt), isNull(tasks.canceledBy))

/**
 * Tasks of the workspace: open ones in the order in which they came to be, done ones newest first. They're looked up
 * access system by access system, each in the order of its index.
 *
 * @param cursor what `nextCursor` of the slice before said; null for the start. What it never said begins anew.
 */
export async function listTasks(
  workspaceId: string,
  { acsSystemId, acsUserId, isDone }: TaskListParameters,
  { cursor, limit }: { cursor: string | null; limit: number },
): Promise<TaskSlice> {
  const direction = sql.raw(isDone ? 'desc' : 'asc')
  const after =
    cursor !== null && isUuid(cursor) ? sql`${tasks.eventId} ${sql.raw(isDone ? '<' : '>')} ${cursor}` : undefined
  const ofSystem = sql`
    select ${tasks.eventId} from ${tasks}
    where ${and(
      eq(tasks.workspaceId, accessSystems.workspaceId),
      eq(tasks.acsSystemId, accessSystems.acsSystemId),
      isDone ? isNotNull(tasks.doneAt) : isOpen,
      acsUserId === null ? undefined : eq(tasks.acsUserId, acsUserId),
      after,
    )}
    order by ${tasks.eventId} ${direction} limit ${limit + 1}`
  const found = sql`select found.event_id from ${accessSystems} cross join lateral (${ofSystem}) as found
    where ${areListed(workspaceId, acsSystemId)} order by found.event_id ${direction} limit ${limit + 1}`
  const rows = await readTasks(workspaceId, sql`${tasks.eventId} = any(array(${found}))`, isDone)
  const shown = rows.slice(0, limit)
  return { tasks: shown.map(toTask), nextCursor: rows.length > limit ? (shown.at(-1)?.task.eventId ?? null) : null }
}

/** Those access systems that can have tasks: the ones that are kept by hand. */
const areListed = (workspaceId: string, acsSystemId: string | null) =>
  and(
    eq(accessSystems.workspaceId, workspaceId),
    isNull(accessSystems.externalType),
    acsSystemId === null ? undefined : eq(accessSystems.acsSystemId, acsSystemId),
  )

async function readTasks(workspaceId: string, condition: SQL, newestFirst: boolean) {
  const connection = await database()
  return connection
    .select({
      task: tasks,
      event: {
        eventType: events.eventType,
        data: events.data,
        actorName: events.actorName,
        occurredAt: events.occurredAt,
      },
      acsSystemName: accessSystems.name,
      acsUserName: acsUsers.displayName,
      accessStartsAt: acsUsers.accessStartsAt,
      accessEndsAt: acsUsers.accessEndsAt,
      // Who's brought back is put into all of their groups by one task.
      groupNames: sql<string | null>`case when ${events.data} -> 'is_restored' is not null then (
        select string_agg(${accessGroups.name}, ', ' order by ${accessGroups.name}) from ${accessGroupMembers}
        join ${accessGroups} on ${and(
          eq(accessGroups.workspaceId, accessGroupMembers.workspaceId),
          eq(accessGroups.acsAccessGroupId, accessGroupMembers.acsAccessGroupId),
        )}
        where ${and(
          eq(accessGroupMembers.workspaceId, acsUsers.workspaceId),
          eq(accessGroupMembers.acsSystemId, acsUsers.acsSystemId),
          eq(accessGroupMembers.acsUserId, acsUsers.acsUserId),
        )}) end`,
      userIdentityId: userIdentities.userIdentityId,
      personName: userIdentities.displayName,
      accessMethod: credentials.accessMethod,
      cardNumber: credentials.cardNumber,
      sealedCardNumber: credentials.sealedCardNumber,
    })
    .from(tasks)
    .innerJoin(events, and(eq(events.workspaceId, tasks.workspaceId), eq(events.eventId, tasks.eventId)))
    .innerJoin(
      accessSystems,
      and(eq(accessSystems.workspaceId, tasks.workspaceId), eq(accessSystems.acsSystemId, tasks.acsSystemId)),
    )
    .leftJoin(acsUsers, and(eq(acsUsers.workspaceId, tasks.workspaceId), eq(acsUsers.acsUserId, tasks.acsUserId)))
    .leftJoin(
      userIdentities,
      and(
        eq(userIdentities.workspaceId, acsUsers.workspaceId),
        eq(userIdentities.userIdentityId, acsUsers.userIdentityId),
      ),
    )
    .leftJoin(
      credentials,
      and(eq(credentials.workspaceId, tasks.workspaceId), eq(credentials.acsCredentialId, events.acsCredentialId)),
    )
    .where(and(eq(tasks.workspaceId, workspaceId), condition))
    .orderBy(newestFirst ? desc(tasks.eventId) : asc(tasks.eventId))
}

function toTask(row: Awaited<ReturnType<typeof readTasks>>[number]): Task {
  const { task, event, acsUserName, userIdentityId, personName, accessMethod, cardNumber, sealedCardNumber } = row
  const credential = accessMethod && { accessMethod, cardNumber: cardNumberOf({ cardNumber, sealedCardNumber }) }
  return {
    eventId: task.eventId,
    toDo: taskSentence(event, credential),
    changes: event.data.changes ?? (event.eventType === 'acs_user.created' ? startingValues(row) : {}),
    acsSystemId: task.acsSystemId,
    acsSystemName: row.acsSystemName,
    acsUser: acsUserName === null ? null : { acsUserId: task.acsUserId, displayName: acsUserName },
    person: userIdentityId && personName !== null ? { userIdentityId, displayName: personName } : null,
    actorName: event.actorName,
    occurredAt: event.occurredAt.toISOString(),
    doneAt: task.doneAt?.toISOString() ?? null,
    doneBy: task.doneBy,
  }
}

/** What an ACS user is added with, as far as it has any. */
function startingValues(row: Awaited<ReturnType<typeof readTasks>>[number]): Task['changes'] {
  const values = {
    access_starts_at: row.accessStartsAt?.toISOString() ?? null,
    access_ends_at: row.accessEndsAt?.toISOString() ?? null,
    access_groups: row.groupNames,
  }
  const given = Object.entries(values).filter(([, to]) => to !== null)
  return Object.fromEntries(given.map(([field, to]) => [field, { from: null, to }]))
}

/** How many open tasks each access system has that's kept by hand. */
export async function countOpenTasks(
  workspaceId: string,
): Promise<{ acsSystemId: string; name: string; count: number }[]> {
  const connection = await database()
  return connection
    .select({ acsSystemId: accessSystems.acsSystemId, name: accessSystems.name, count: openTasksOfSystem() })
    .from(accessSystems)
    .where(areListed(workspaceId, null))
    .orderBy(asc(accessSystems.name), asc(accessSystems.acsSystemId))
}

/** How many open tasks the access system of a query's row has, as far as lists count. */
export const openTasksOfSystem = () =>
  countOpen(and(eq(tasks.workspaceId, accessSystems.workspaceId), eq(tasks.acsSystemId, accessSystems.acsSystemId)))

/** How many open tasks the ACS user of a query's row has, as far as lists count. */
export const openTasksOfAcsUser = () =>
  countOpen(and(eq(tasks.workspaceId, acsUsers.workspaceId), eq(tasks.acsUserId, acsUsers.acsUserId)))

const countOpen = (condition: SQL | undefined) => countOf(tasks, and(condition, isOpen))
