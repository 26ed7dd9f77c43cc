import type { events } from '@/db/schema/events'
import { writeDone } from '@/lib/access/tasks/commands'
import type { Actor } from '@/lib/platform/actor'
import type { Transaction } from '@/lib/platform/transaction'
import { contradictedBy } from './contradiction'

/** Takes back that tasks were ticked off, or reopened. */
export async function takeBackTasks(
  transaction: Transaction,
  actor: Actor,
  rows: (typeof events.$inferSelect)[],
): Promise<void> {
  // Where one change ticked a task off and reopened it, what it did first is taken back last.
  for (const { eventType, data } of rows.toReversed()) {
    if (!data.task || !eventType.startsWith('task.')) continue
    await contradictedBy(writeDone(transaction, actor, data.task.event_id, eventType === 'task.reopened'))
  }
}
