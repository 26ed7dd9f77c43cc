import type { Metadata } from 'next'
import { PrintButton } from '@/components/tasks/print-button'
import { TaskFilters } from '@/components/tasks/task-filters'
import { TasksList } from '@/components/tasks/tasks-list'
import { ButtonLink } from '@/components/ui/button'
import { formatTotal } from '@/components/ui/counts'
import { EmptyState } from '@/components/ui/empty-state'
import { ExportLinks } from '@/components/ui/export-links'
import { PageHeader } from '@/components/ui/page-header'
import {
  readTaskListParameters,
  type TaskListParameters,
  writeTaskListParameters,
} from '@/lib/access/tasks/list-parameters'
import { countOpenTasks, listTasks } from '@/lib/access/tasks/queries'
import { requireAdmin } from '@/lib/accounts/acting-admin/acting-admin'
import { workspaceField } from '@/lib/accounts/workspaces/page-workspace'
import { may } from '@/lib/platform/permissions'
import { toSearchParameters } from '../search-parameters'
import { complete, reopen } from './actions'

export const metadata: Metadata = { title: 'Tasks' }

const shownTasks = 100

export default async function TasksPage({ searchParams }: PageProps<'/tasks'>) {
  const { workspace } = await requireAdmin()
  const { workspaceId, role } = workspace
  const search = toSearchParameters(await searchParams)
  const parameters = readTaskListParameters(search)
  const cursor = search.get('cursor')
  const [{ tasks, nextCursor }, systems] = await Promise.all([
    listTasks(workspaceId, parameters, { cursor, limit: shownTasks }),
    countOpenTasks(workspaceId),
  ])
  const address = writeTaskListParameters(parameters)
  const withField = (field: string, value: string) => new URLSearchParams([...address, [field, value]]).toString()
  const system = systems.find(({ acsSystemId }) => acsSystemId === parameters.acsSystemId)
  const acsUserName = parameters.acsUserId ? (tasks.find(({ acsUser }) => acsUser)?.acsUser?.displayName ?? null) : null
  return (
    <div className="max-w-4xl">
      <PageHeader
        title={system ? `Tasks for ${system.name}` : 'Tasks'}
        detail={
          <span className="print:hidden">
            What still has to be programmed at the panels of access systems that are kept by hand.
          </span>
        }
        actions={
          tasks.length > 0 && (
            <span className="flex flex-wrap gap-2 print:hidden">
              <PrintButton />
              <ExportLinks address={`/data/tasks/export?${withField(workspaceField, workspaceId)}`} />
            </span>
          )
        }
      />
      {systems.length > 0 && <TaskFilters parameters={parameters} systems={systems} acsUserName={acsUserName} />}
      <p role="status" className="mb-2 min-h-5 text-muted text-sm">
        {openInWords(parameters, systems)}
      </p>
      <div className="overflow-hidden rounded-lg border border-line bg-surface print:border-0">
        {tasks.length > 0 ? (
          <TasksList
            label={parameters.isDone ? 'Done tasks' : 'Open tasks'}
            tasks={tasks}
            actions={may(role, 'acs_user.write') ? { complete, reopen } : undefined}
          />
        ) : (
          <NoTasks parameters={parameters} hasSystems={systems.length > 0} />
        )}
      </div>
      {(cursor || nextCursor) && (
        <nav aria-label="Pages" className="mt-3 flex gap-2 print:hidden">
          {cursor && <ButtonLink href={`/tasks?${address}`}>Back to the start</ButtonLink>}
          {nextCursor && <ButtonLink href={`/tasks?${withField('cursor', nextCursor)}`}>Next {shownTasks}</ButtonLink>}
        </nav>
      )}
    </div>
  )
}

/** How many tasks are open in the access systems that are listed; nothing where other tasks are. */
function openInWords(
  { acsSystemId, acsUserId, isDone }: TaskListParameters,
  systems: { acsSystemId: string; count: number }[],
): string | null {
  if (isDone || acsUserId || systems.length === 0) return null
  const count = systems
    .filter((system) => acsSystemId === null || system.acsSystemId === acsSystemId)
    .reduce((sum, system) => sum + system.count, 0)
  return `${formatTotal(count)} ${count === 1 ? 'task is' : 'tasks are'} open.`
}

function NoTasks({ parameters, hasSystems }: { parameters: TaskListParameters; hasSystems: boolean }) {
  if (!hasSystems) {
    return (
      <EmptyState
        title="No access system is kept by hand"
        action={<ButtonLink href="/access-systems">Access systems</ButtonLink>}
      >
        An access system without an interface is kept by hand: Keyholder records what changes, and each change makes a
        task here for somebody to program at its panel.
      </EmptyState>
    )
  }
  if (parameters.isDone) {
    return (
      <EmptyState title="Nothing is ticked off here">Tasks that are ticked off are kept here, newest first.</EmptyState>
    )
  }
  if (parameters.acsSystemId || parameters.acsUserId) {
    return <EmptyState title="No open task here">All that’s recorded here is programmed at the panel.</EmptyState>
  }
  return (
    <EmptyState title="Nothing to program">
      Each change to an ACS user of an access system that’s kept by hand makes a task here. Tick it off once it’s
      programmed at the panel.
    </EmptyState>
  )
}
