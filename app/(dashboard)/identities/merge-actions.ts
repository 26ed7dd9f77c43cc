'use server'

import { revalidatePath } from 'next/cache'
import { RedirectType, redirect } from 'next/navigation'
import { actAsAdmin } from '@/lib/accounts/acting-admin/acting-admin'
import { dismissDuplicate } from '@/lib/people/duplicates/commands'
import { mergeUserIdentities } from '@/lib/people/merges/commands'
import type { ActionResult } from '@/lib/platform/refusals'

/*
 * Arguments come from the browser, whatever their types say: the commands parse all of them.
 */

/** Merges two people and goes to the one who survives. */
export async function mergeIdentities(input: object): Promise<ActionResult<null>> {
  const result = await actAsAdmin('identity.merge', ({ actor }) => mergeUserIdentities(actor, input))
  if (!result.ok) return result
  revalidatePath('/', 'layout')
  const { changeId, value } = result
  redirect(`/identities/${value.userIdentityId}?notice=merged&change=${changeId}`, RedirectType.replace)
}

/** Remembers that two people are no duplicates. */
export async function dismissPair(pair: { one_id: string; other_id: string }): Promise<ActionResult<null>> {
  const result = await actAsAdmin('identity.merge', async ({ actor }) => {
    await dismissDuplicate(actor, pair)
    return null
  })
  revalidatePath('/', 'layout')
  return result
}
