'use server'

import { revalidatePath } from 'next/cache'
import { markAPerson, markNotAPerson } from '@/lib/access/acs-users/commands'
import { actAsAdmin } from '@/lib/accounts/acting-admin/acting-admin'
import { createUserIdentityFromAcsUser, type LinkOutcome } from '@/lib/people/identities/commands'
import { acceptCertainMatches } from '@/lib/people/reconcile/commands'
import type { ActionResult } from '@/lib/platform/refusals'

/*
 * Arguments come from the browser, whatever their types say: the commands parse all of them.
 */

/** Remembers that an ACS user stands for no person. */
export async function dismiss(acsUserId: string): Promise<ActionResult<null>> {
  const result = await actAsAdmin('acs_user.link', async ({ actor }) => {
    await markNotAPerson(actor, { acs_user_id: acsUserId })
    return null
  })
  revalidatePath('/', 'layout')
  return result
}

/** Takes back that an ACS user stands for no person. */
export async function restore(acsUserId: string): Promise<ActionResult<null>> {
  const result = await actAsAdmin('acs_user.link', async ({ actor }) => {
    await markAPerson(actor, { acs_user_id: acsUserId })
    return null
  })
  revalidatePath('/', 'layout')
  return result
}

/** Creates a user identity from an ACS user's details and attaches it. */
export async function createFromAcsUser(acsUserId: string): Promise<ActionResult<{ userIdentityId: string }>> {
  const result = await actAsAdmin('identity.write', ({ actor }) =>
    createUserIdentityFromAcsUser(actor, { acs_user_id: acsUserId }),
  )
  revalidatePath('/', 'layout')
  return result
}

/** Attaches one batch of what is certain, as one change. The pages are told once all batches are done. */
export async function acceptCertain(
  pairs: { acsUserId: string; userIdentityId: string }[],
): Promise<ActionResult<LinkOutcome[]>> {
  return actAsAdmin('acs_user.link', ({ actor }) => acceptCertainMatches(actor, pairs))
}
