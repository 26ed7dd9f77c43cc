import { changesInWords } from '@/lib/history/events/event'
import type { Table } from '@/lib/platform/tables/table'
import type { TaskListParameters } from './list-parameters'
import { listTasks, type TaskSlice } from './queries'
import type { Task } from './task'

const batchSize = 250

const columns = [
  'Task',
  'Values',
  'Access system',
  'ACS user',
  'Person',
  'Caused by',
  'Caused at',
  'Done by',
  'Done at',
  'Access system ID',
  'ACS user ID',
  'Person ID',
  'Event ID',
]

function rowOf(task: Task): string[] {
  return [
    task.toDo,
    changesInWords(task.changes),
    task.acsSystemName,
    task.acsUser?.displayName ?? '',
    task.person?.displayName ?? '',
    task.actorName,
    task.occurredAt,
    task.doneBy ?? '',
    task.doneAt ?? '',
    task.acsSystemId,
    task.acsUser?.acsUserId ?? '',
    task.person?.userIdentityId ?? '',
    task.eventId,
  ]
}

/** The tasks that a view lists, in its order, read batch by batch as fast as it is taken. */
export function tasksTable(workspaceId: string, parameters: TaskListParameters): Table {
  return { headers: columns, batches: batches(workspaceId, parameters) }
}

async function* batches(workspaceId: string, parameters: TaskListParameters): AsyncGenerator<string[][]> {
  let cursor: string | null = null
  do {
    const slice: TaskSlice = await listTasks(workspaceId, parameters, { cursor, limit: batchSize })
    yield slice.tasks.map(rowOf)
    cursor = slice.nextCursor
  } while (cursor)
}
