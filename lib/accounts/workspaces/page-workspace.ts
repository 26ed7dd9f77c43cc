import { Refusal } from '@/lib/platform/refusals'
import type { Workspace } from './workspace'

/** The header by which a page tells which workspace it is of. */
export const workspaceHeader = 'x-keyholder-workspace'

/** The same where no script runs: a form's hidden field, or a parameter of a link to a file. */
export const workspaceField = 'page_workspace'

/**
 * Refuses what a page asks for that is of another workspace than the session looks at by now: another tab
 * may have switched, or an owner may have removed who asks. It would happen to the wrong people.
 *
 * @param given the workspace that the page is of; null where it did not tell, as one of an older version.
 * @throws Refusal `other_workspace`
 */
export function refuseOtherWorkspace(given: string | null, present: Workspace, memberships: Workspace[]): void {
  if (given === null || given === present.workspaceId) return
  const known = memberships.find(({ workspaceId }) => workspaceId === given)
  const pageIsOf = known ? `“${known.name}”` : 'a workspace that you are not a member of any more'
  throw new Refusal({
    kind: 'conflict',
    type: 'other_workspace',
    message: `This page is of ${pageIsOf}, and you have switched to “${present.name}” since. Nothing was changed. Reload the page, or switch back first.`,
  })
}
