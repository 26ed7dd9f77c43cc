import { and, eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import { accessSystems } from '@/db/schema/access-systems'
import { events } from '@/db/schema/events'
import { tasks } from '@/db/schema/tasks'
import { recordEvents } from '@/lib/history/events/commands'
import type { Actor } from '@/lib/platform/actor'
import { parseInput, uuid } from '@/lib/platform/input'
import { notFound, Refusal } from '@/lib/platform/refusals'
import { inTransaction, type Transaction } from '@/lib/platform/transaction'
import { taskSentence } from './task'

const targetSchema = z.object({ event_id: uuid('event_id') })

/**
 * Ticks a task off: somebody has programmed it at the panel.
 *
 * @throws Refusal `invalid_input`, `task_not_found`, `task_canceled`
 */
export async function completeTask(actor: Actor, input: unknown): Promise<void> {
  await setDone(actor, input, true)
}

/**
 * Takes the tick of a task back.
 *
 * @throws Refusal `invalid_input`, `task_not_found`, `task_canceled`
 */
export async function reopenTask(actor: Actor, input: unknown): Promise<void> {
  await setDone(actor, input, false)
}

async function setDone(actor: Actor, input: unknown, isDone: boolean): Promise<void> {
  const { event_id: eventId } = parseInput(targetSchema, input)
  await inTransaction((transaction) => writeDone(transaction, actor, eventId, isDone))
}

/**
 * Ticks a task off, or reopens it, within a transaction of the caller's. One that stands so already stays as it is.
 *
 * @throws Refusal `task_not_found`, `task_canceled`
 */
export async function writeDone(
  transaction: Transaction,
  actor: Actor,
  eventId: string,
  isDone: boolean,
): Promise<void> {
  const { workspaceId } = actor
  const isTask = and(eq(tasks.workspaceId, workspaceId), eq(tasks.eventId, eventId))
  const [task] = await transaction.select().from(tasks).where(isTask).for('update')
  const [about] = await transaction
    .select({ event: events })
    .from(events)
    .innerJoin(
      accessSystems,
      and(eq(accessSystems.workspaceId, events.workspaceId), eq(accessSystems.acsSystemId, events.acsSystemId)),
    )
    .where(and(eq(events.workspaceId, workspaceId), eq(events.eventId, eventId)))
  if (!task || !about) throw notFound('task')
  if (task.canceledBy) throw taskCanceled()
  if ((task.doneAt !== null) === isDone) return
  await transaction
    .update(tasks)
    .set({ doneAt: isDone ? sql`now()` : null, doneBy: isDone ? actor.name : null })
    .where(isTask)
  const { userIdentityId, acsSystemId, acsUserId, data } = about.event
  await recordEvents(transaction, actor, [
    {
      eventType: isDone ? 'task.completed' : 'task.reopened',
      ...{ userIdentityId, acsSystemId, acsUserId },
      data: {
        acs_user_name: data.acs_user_name,
        acs_system_name: data.acs_system_name,
        user_identity_name: data.user_identity_name,
        // Without the number of a card: the history keeps everything.
        task: { event_id: eventId, to_do: taskSentence(about.event) },
      },
    },
  ])
}

function taskCanceled(): Refusal {
  return new Refusal({
    kind: 'conflict',
    type: 'task_canceled',
    message: 'Somebody took back the change that this task is about, so there’s nothing to program any more.',
  })
}
