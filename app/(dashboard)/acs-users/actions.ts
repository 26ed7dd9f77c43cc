'use server'

import { revalidatePath } from 'next/cache'
import { addAcsUserToAccessGroup } from '@/lib/access-groups/commands'
import { suspendAcsUser, unsuspendAcsUser } from '@/lib/acs-users/commands'
import { actAsAdmin } from '@/lib/auth/acting-admin'
import { grantAccessToEntrance } from '@/lib/entrances/commands'
import type { ActionResult } from '@/lib/errors'

/** Suspends an ACS user: it opens no door until the suspension is lifted. */
export async function suspend(acsUserId: string): Promise<ActionResult<null>> {
  return changeSuspension(suspendAcsUser, acsUserId)
}

/** Lifts the suspension of an ACS user. */
export async function unsuspend(acsUserId: string): Promise<ActionResult<null>> {
  return changeSuspension(unsuspendAcsUser, acsUserId)
}

async function changeSuspension(command: typeof suspendAcsUser, acsUserId: string): Promise<ActionResult<null>> {
  const result = await actAsAdmin('acs_user.suspend', async ({ actor }) => {
    await command(actor, { acs_user_id: acsUserId })
    return null
  })
  revalidatePath('/', 'layout')
  return result
}

/** Adds an ACS user to an access group of its access system. */
export async function addToAccessGroup(membership: {
  acsUserId: string
  acsAccessGroupId: string
}): Promise<ActionResult<null>> {
  const result = await actAsAdmin('acs_user.write', async ({ actor }) => {
    const { acsUserId, acsAccessGroupId } = membership
    await addAcsUserToAccessGroup(actor, { acs_user_id: acsUserId, acs_access_group_id: acsAccessGroupId })
    return null
  })
  revalidatePath('/', 'layout')
  return result
}

/** Gives an ACS user one door by itself. */
export async function grantDoor(grant: { acsUserId: string; acsEntranceId: string }): Promise<ActionResult<null>> {
  const result = await actAsAdmin('acs_user.write', async ({ actor }) => {
    await grantAccessToEntrance(actor, { acs_user_id: grant.acsUserId, acs_entrance_id: grant.acsEntranceId })
    return null
  })
  revalidatePath('/', 'layout')
  return result
}
