'use client'

import { X } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTransition } from 'react'
import { type TaskListParameters, writeTaskListParameters } from '@/lib/access/tasks/list-parameters'
import { FilterSelect } from '../list/filters'
import { Button } from '../ui/button'

type TaskFiltersProps = {
  parameters: TaskListParameters
  systems: { acsSystemId: string; name: string }[]
  /** What the ACS user is called whom the tasks are about; null where none of them names it. */
  acsUserName: string | null
}

/** Which tasks are listed: of which access system, of which ACS user, open or done; all of it in the address. */
export function TaskFilters({ parameters, systems, acsUserName }: TaskFiltersProps) {
  const router = useRouter()
  const [pending, startTransition] = useTransition()
  const show = (change: Partial<TaskListParameters>) => {
    const address = writeTaskListParameters({ ...parameters, ...change }).toString()
    startTransition(() => router.replace(address ? `/tasks?${address}` : '/tasks', { scroll: false }))
  }
  return (
    <search
      className="mb-3 flex flex-wrap items-center gap-2 max-sm:grid max-sm:grid-cols-2 print:hidden"
      aria-label="Filter tasks"
      aria-busy={pending}
    >
      <FilterSelect
        label="State"
        value={parameters.isDone ? 'done' : 'open'}
        options={[
          { value: 'open', name: 'Open' },
          { value: 'done', name: 'Done' },
        ]}
        onChange={(state) => show({ isDone: state === 'done' })}
      />
      <FilterSelect
        label="Access system"
        value={parameters.acsSystemId ?? ''}
        options={[
          { value: '', name: 'Every access system' },
          ...systems.map(({ acsSystemId, name }) => ({ value: acsSystemId, name })),
        ]}
        onChange={(acsSystemId) => show({ acsSystemId: acsSystemId || null })}
      />
      {parameters.acsUserId && (
        <Button className="min-w-0 max-w-64 max-sm:col-span-2" onClick={() => show({ acsUserId: null })}>
          <span className="truncate">
            Only <bdi>{acsUserName ?? 'one ACS user'}</bdi>
          </span>
          <X aria-hidden className="size-3.5 shrink-0" />
          <span className="sr-only">Show every ACS user’s tasks</span>
        </Button>
      )}
    </search>
  )
}
