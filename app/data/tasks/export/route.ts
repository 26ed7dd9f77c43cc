import type { NextRequest } from 'next/server'
import { exportName } from '@/app/file-response'
import { respondWithFile } from '@/app/respond-with-file'
import { tasksTable } from '@/lib/access/tasks/export'
import { readTaskListParameters } from '@/lib/access/tasks/list-parameters'

/** The workspace's tasks as a file; the same parameters as the page's own address. */
export async function GET(request: NextRequest): Promise<Response> {
  const { searchParams } = request.nextUrl
  return respondWithFile(async ({ workspace }) => {
    const parameters = readTaskListParameters(searchParams)
    return {
      name: exportName(parameters.isDone ? 'done tasks' : 'open tasks'),
      table: tasksTable(workspace.workspaceId, parameters),
    }
  }, searchParams)
}
