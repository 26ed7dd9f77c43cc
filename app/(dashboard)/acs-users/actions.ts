'use server'

import { revalidatePath } from 'next/cache'
import { suspendAcsUser, unsuspendAcsUser } from '@/lib/acs-users/commands'
import { actAsAdmin } from '@/lib/auth/acting-admin'
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
