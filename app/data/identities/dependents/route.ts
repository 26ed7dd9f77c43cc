import { respondToAdmin } from '@/lib/accounts/acting-admin/acting-admin'
import { countDependents } from '@/lib/people/identities/queries'

/** What goes with people when they are deleted; their ids are the body, since they are too many for an address. */
export function POST(request: Request): Promise<Response> {
  return respondToAdmin(async ({ workspace }) =>
    countDependents(workspace.workspaceId, await request.json().catch(() => null)),
  )
}
