'use server'

import { revalidatePath } from 'next/cache'
import { v7 as uuidv7 } from 'uuid'
import { z } from 'zod'
import { actAsAdmin } from '@/lib/accounts/acting-admin/acting-admin'
import { cancelMoveOut, moveIn, moveOut } from '@/lib/people/moves/commands'
import { type MoveOutcome, mostPeopleAtOnce } from '@/lib/people/moves/move'
import { parseInput } from '@/lib/platform/input'
import { type ActionResult, catchRefusal } from '@/lib/platform/refusals'

/*
 * Arguments come from the browser, whatever their types say: the commands parse all of them.
 */

const peopleSchema = z.array(z.string()).min(1).max(mostPeopleAtOnce)

/** Moves people out, each in a transaction of their own; what is refused for one does not touch the others. */
export async function movePeopleOut(userIdentityIds: string[], how: object): Promise<ActionResult<MoveOutcome[]>> {
  return moveEach(moveOut, userIdentityIds, how)
}

/** Moves people in, each in a transaction of their own. */
export async function movePeopleIn(userIdentityIds: string[], how: object): Promise<ActionResult<MoveOutcome[]>> {
  return moveEach(moveIn, userIdentityIds, how)
}

/** Cancels a planned move-out. */
export async function cancelPlannedMoveOut(userIdentityId: string): Promise<ActionResult<null>> {
  const result = await actAsAdmin('identity.move', async ({ actor }) => {
    await cancelMoveOut(actor, { user_identity_id: userIdentityId })
    return null
  })
  revalidatePath('/', 'layout')
  return result
}

async function moveEach(
  move: typeof moveOut,
  userIdentityIds: string[],
  how: object,
): Promise<ActionResult<MoveOutcome[]>> {
  const result = await actAsAdmin('identity.move', async ({ actor }) => {
    const outcomes: MoveOutcome[] = []
    for (const userIdentityId of parseInput(peopleSchema, userIdentityIds)) {
      const ownChange = { ...actor, changeId: uuidv7() }
      const refusal = await catchRefusal(() => move(ownChange, { ...how, user_identity_id: userIdentityId }))
      outcomes.push({ userIdentityId, changeId: ownChange.changeId, refusal })
    }
    return outcomes
  })
  revalidatePath('/', 'layout')
  return result
}
