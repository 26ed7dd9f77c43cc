'use client'

import type { Task } from '@/lib/access/tasks/task'
import { type TaskActions, TaskRow } from './task-row'

type TasksListProps = { label: string; tasks: Task[]; actions?: TaskActions }

/** Tasks with their boxes, to be ticked off one by one. */
export function TasksList({ label, tasks, actions }: TasksListProps) {
  return (
    <ul aria-label={label} className="divide-y divide-line">
      {tasks.map((task) => (
        <TaskRow key={task.eventId} task={task} actions={actions} />
      ))}
    </ul>
  )
}
