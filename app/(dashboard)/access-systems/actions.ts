'use server'

import { revalidatePath } from 'next/cache'
import { RedirectType, redirect } from 'next/navigation'
import type { AccessGroupEdit } from '@/components/access-systems/access-groups-list'
import type { NewAcsUserInput } from '@/components/access-systems/acs-user-form'
import type { DoorEdit, NewDoors } from '@/components/access-systems/doors-list'
import type { SystemFormState } from '@/components/access-systems/system-form'
import { createAcsUserWithCredentials } from '@/lib/access/credentials/commands'
import { createEntrances, deleteEntrance, updateEntrance } from '@/lib/access/entrances/manage-entrances'
import { createAccessGroups, deleteAccessGroup, updateAccessGroup } from '@/lib/access/groups/manage-access-groups'
import { createAccessSystem, deleteAccessSystem, updateAccessSystem } from '@/lib/access/systems/commands'
import { type ActingAdmin, actAsAdmin } from '@/lib/accounts/acting-admin/acting-admin'
import type { Actor } from '@/lib/platform/actor'
import type { ActionResult } from '@/lib/platform/refusals'

/*
 * Arguments come from the browser, whatever their types say: the commands parse all of them.
 */

const detailsOf = (form: FormData) => ({
  name: String(form.get('name') ?? ''),
  vendor_name: String(form.get('vendor_name') ?? ''),
  time_zone: String(form.get('time_zone') ?? ''),
})

/** Creates an access system that's kept by hand, and goes to its page. */
export async function addAccessSystem(_previous: SystemFormState, form: FormData): Promise<SystemFormState> {
  const given = detailsOf(form)
  const add = ({ actor }: ActingAdmin) => createAccessSystem(actor, given)
  const result = await actAsAdmin('access_system.manage', add, { given: form })
  if (!result.ok) return { kind: 'refused', given, refusal: result.refusal }
  revalidatePath('/', 'layout')
  redirect(`/access-systems/${result.value.acsSystemId}/doors?notice=system-added`, RedirectType.push)
}

/** Saves the name, vendor and time zone of an access system that's kept by hand. */
export async function saveAccessSystem(_previous: SystemFormState, form: FormData): Promise<SystemFormState> {
  const given = detailsOf(form)
  const save = async ({ actor }: ActingAdmin) => {
    await updateAccessSystem(actor, { ...given, acs_system_id: form.get('acs_system_id') })
    return null
  }
  const result = await actAsAdmin('access_system.manage', save, { given: form })
  if (!result.ok) return { kind: 'refused', given, refusal: result.refusal }
  revalidatePath('/', 'layout')
  return { kind: 'saved' }
}

/** Removes an access system that's kept by hand with all that is in it. */
export async function removeAccessSystem(acsSystemId: string): Promise<ActionResult<null>> {
  const result = await actAsAdmin('access_system.manage', async ({ actor }) => {
    await deleteAccessSystem(actor, { acs_system_id: acsSystemId })
    return null
  })
  if (!result.ok) return result
  revalidatePath('/', 'layout')
  redirect(`/access-systems?notice=system-removed&change=${result.changeId}`, RedirectType.replace)
}

/** Adds doors by their names. */
export async function addDoors(given: NewDoors) {
  return carryOut((actor) =>
    createEntrances(actor, { acs_system_id: given.acsSystemId, names: given.names, ...unlocking(given.unlocksWith) }),
  )
}

/** Saves a door's name and what it unlocks with. */
export async function saveDoor(given: DoorEdit): Promise<ActionResult<null>> {
  return carryOut(async (actor) => {
    await updateEntrance(actor, {
      acs_entrance_id: given.acsEntranceId,
      display_name: given.displayName,
      ...unlocking(given.unlocksWith),
    })
    return null
  })
}

/** Removes a door. */
export async function removeDoor(acsEntranceId: string): Promise<ActionResult<null>> {
  return carryOut(async (actor) => {
    await deleteEntrance(actor, { acs_entrance_id: acsEntranceId })
    return null
  })
}

/** Adds access groups by their names. */
export async function addAccessGroups(given: { acsSystemId: string; names: string[] }) {
  return carryOut((actor) => createAccessGroups(actor, { acs_system_id: given.acsSystemId, names: given.names }))
}

/** Saves an access group's name and the doors that it opens. */
export async function saveAccessGroup(given: AccessGroupEdit): Promise<ActionResult<null>> {
  return carryOut(async (actor) => {
    await updateAccessGroup(actor, {
      acs_access_group_id: given.acsAccessGroupId,
      name: given.name,
      acs_entrance_ids: given.acsEntranceIds,
    })
    return null
  })
}

/** Removes an access group. */
export async function removeAccessGroup(acsAccessGroupId: string): Promise<ActionResult<null>> {
  return carryOut(async (actor) => {
    await deleteAccessGroup(actor, { acs_access_group_id: acsAccessGroupId })
    return null
  })
}

/** Creates an ACS user, with its groups, schedule, card and code, and goes to its page. */
export async function addAcsUser(given: NewAcsUserInput): Promise<ActionResult<null>> {
  const result = await actAsAdmin('acs_user.create', ({ actor }) =>
    createAcsUserWithCredentials(actor, {
      acs_system_id: given.acsSystemId,
      full_name: given.fullName,
      email_address: given.emailAddress || undefined,
      phone_number: given.phoneNumber || undefined,
      acs_access_group_ids: given.acsAccessGroupIds,
      access_schedule:
        given.startsAt || given.endsAt ? { starts_at: given.startsAt ?? undefined, ends_at: given.endsAt } : undefined,
      card_number: given.cardNumber,
      code: given.code,
    }),
  )
  if (!result.ok) return result
  revalidatePath('/', 'layout')
  redirect(`/acs-users/${result.value.acsUserId}?notice=acs-user-created&change=${result.changeId}`, RedirectType.push)
}

const unlocking = (methods: unknown) => {
  const chosen = Array.isArray(methods) ? methods : []
  return {
    can_unlock_with_mobile_key: chosen.includes('mobile_key'),
    can_unlock_with_card: chosen.includes('card'),
    can_unlock_with_code: chosen.includes('code'),
  }
}

async function carryOut<Value>(command: (actor: Actor) => Promise<Value>): Promise<ActionResult<Value>> {
  const result = await actAsAdmin('access_system.manage', ({ actor }) => command(actor))
  revalidatePath('/', 'layout')
  return result
}
