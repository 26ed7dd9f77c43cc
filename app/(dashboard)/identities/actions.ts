'use server'

import { revalidatePath } from 'next/cache'
import { RedirectType, redirect } from 'next/navigation'
import type { IdentityFormState, IdentityFormValues } from '@/components/identities/identity-form-state'
import { createAcsUserForIdentity } from '@/lib/access/acs-users/commands'
import { type ActingAdmin, actAsAdmin } from '@/lib/accounts/acting-admin/acting-admin'
import {
  attachAcsUser,
  createUserIdentity,
  deleteUserIdentities,
  deleteUserIdentity,
  detachAcsUser,
  updateUserIdentity,
} from '@/lib/people/identities/commands'
import type { DeletionOutcome } from '@/lib/people/identities/selection'
import type { ActionResult } from '@/lib/platform/refusals'

/*
 * Arguments come from the browser, whatever their types say: the commands parse all of them.
 */

/** Creates a user identity from the form and goes to its page. */
export async function createIdentity(_previous: IdentityFormState, form: FormData): Promise<IdentityFormState> {
  const create = ({ actor }: ActingAdmin) => createUserIdentity(actor, Object.fromEntries(form))
  const result = await actAsAdmin('identity.write', create, { given: form })
  if (!result.ok) return { given: typedValues(form), refusal: result.refusal }
  revalidatePath('/', 'layout')
  const { changeId, value } = result
  redirect(`/identities/${value.userIdentityId}?notice=created&change=${changeId}`, RedirectType.replace)
}

/** Saves an edited user identity. */
export async function saveIdentity(_previous: IdentityFormState, form: FormData): Promise<IdentityFormState> {
  const save = ({ actor }: ActingAdmin) => updateUserIdentity(actor, Object.fromEntries(form))
  const result = await actAsAdmin('identity.write', save, { given: form })
  if (!result.ok) return { given: typedValues(form), refusal: result.refusal }
  revalidatePath('/', 'layout')
  redirect(`/identities/${form.get('user_identity_id')}?notice=saved&change=${result.changeId}`, RedirectType.replace)
}

/** Deletes a user identity with its ACS users and their credentials. */
export async function removeIdentity(userIdentityId: string): Promise<ActionResult<null>> {
  const result = await actAsAdmin('identity.delete', async ({ actor }) => {
    await deleteUserIdentity(actor, userIdentityId)
    return null
  })
  if (!result.ok) return result
  revalidatePath('/', 'layout')
  redirect(`/identities?notice=deleted&change=${result.changeId}`, RedirectType.replace)
}

/** Deletes several user identities. The pages are told once all calls are done. */
export async function removeIdentities(userIdentityIds: string[]): Promise<ActionResult<DeletionOutcome[]>> {
  return actAsAdmin('identity.delete', ({ actor }) => deleteUserIdentities(actor, userIdentityIds))
}

/** Attaches an ACS user to an identity; `moveFrom` names the identity that shall give it up. */
export async function attach(link: {
  userIdentityId: string
  acsUserId: string
  moveFrom?: string | null
}): Promise<ActionResult<null>> {
  const result = await actAsAdmin('acs_user.link', async ({ actor }) => {
    await attachAcsUser(actor, link)
    return null
  })
  revalidatePath('/', 'layout')
  return result
}

/** Detaches an ACS user from an identity. */
export async function detach(link: { userIdentityId: string; acsUserId: string }): Promise<ActionResult<null>> {
  const result = await actAsAdmin('acs_user.link', async ({ actor }) => {
    await detachAcsUser(actor, link)
    return null
  })
  revalidatePath('/', 'layout')
  return result
}

/** Creates an ACS user from an identity's details and attaches it. */
export async function createAndAttach(target: {
  userIdentityId: string
  acsSystemId: string
}): Promise<ActionResult<{ acsUserId: string }>> {
  const result = await actAsAdmin('acs_user.create', ({ actor }) => createAcsUserForIdentity(actor, target))
  revalidatePath('/', 'layout')
  return result
}

function typedValues(form: FormData): IdentityFormValues {
  const text = (name: string) => String(form.get(name) ?? '')
  return {
    full_name: text('full_name'),
    email_address: text('email_address'),
    phone_number: text('phone_number'),
    user_identity_key: text('user_identity_key'),
  }
}
