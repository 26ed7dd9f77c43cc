'use server'

import { revalidatePath } from 'next/cache'
import { RedirectType, redirect } from 'next/navigation'
import { v7 as uuidv7 } from 'uuid'
import { type ActingAdmin, actAsAdmin } from '@/lib/accounts/acting-admin/acting-admin'
import { switchWorkspace } from '@/lib/accounts/workspaces/commands'
import { mostPeopleAtOnce } from '@/lib/people/moves/move'
import { undoChange } from '@/lib/people/undo/commands'
import { idList, parseInput } from '@/lib/platform/input'
import { may } from '@/lib/platform/permissions'
import { type ActionResult, catchRefusal, type RefusalValue } from '@/lib/platform/refusals'

/** Has this session look at another of its user's workspaces. */
export async function chooseWorkspace(workspaceId: string): Promise<ActionResult<null>> {
  const choose = async ({ sessionId, userId }: ActingAdmin) => {
    await switchWorkspace({ sessionId, userId }, workspaceId)
    return null
  }
  return actAsAdmin(null, choose, { ofAnyPage: true })
}

/**
 * Takes back what an action did, as one change of its own. Who looks at what it created, and is no
 * more now, is led to a list.
 *
 * @param path where the admin is.
 * @returns how many cards and door codes stay lost.
 */
export async function undo(changeId: string, path: string): Promise<ActionResult<{ lostCredentials: number }>> {
  const result = await actAsAdmin(null, ({ actor, workspace }) =>
    undoChange(actor, changeId, (permission) => may(workspace.role, permission)),
  )
  revalidatePath('/', 'layout')
  if (!result.ok) return result
  const { deletedIdentities, deletedAcsUsers, lostCredentials } = result.value
  if (typeof path === 'string') {
    const isAt = (place: string) => (id: string) => path.startsWith(`/${place}/${id}`)
    if (deletedIdentities.some(isAt('identities')))
      redirect(`/identities?notice=uncreated&change=${result.changeId}`, RedirectType.replace)
    if (deletedAcsUsers.some(isAt('acs-users'))) redirect('/access-systems?notice=undone', RedirectType.replace)
  }
  return { ...result, value: { lostCredentials } }
}

/** Takes back several changes one by one; what was refused is told, the others stay taken back. */
export async function undoAll(
  changeIds: string[],
): Promise<ActionResult<{ refused: RefusalValue[]; lostCredentials: number }>> {
  const result = await actAsAdmin(null, async ({ actor, workspace }) => {
    const ids = parseInput(idList('change_id', mostPeopleAtOnce), changeIds)
    const refused: RefusalValue[] = []
    let lostCredentials = 0
    for (const id of ids) {
      const ownChange = { ...actor, changeId: uuidv7() }
      const refusal = await catchRefusal(async () => {
        const undone = await undoChange(ownChange, id, (permission) => may(workspace.role, permission))
        lostCredentials += undone.lostCredentials
      })
      if (refusal) refused.push(refusal)
    }
    return { refused, lostCredentials }
  })
  revalidatePath('/', 'layout')
  return result
}
