'use server'

import { revalidatePath } from 'next/cache'
import type { ProfileAlignment } from '@/components/identities/profile-dialog'
import { suspendAcsUser, unsuspendAcsUser, updateAcsUser } from '@/lib/access/acs-users/commands'
import { createCredential, deleteCredential, updateCredential } from '@/lib/access/credentials/commands'
import { grantAccessToEntrance } from '@/lib/access/entrances/commands'
import { addAcsUserToAccessGroup, setAccessGroups } from '@/lib/access/groups/commands'
import { actAsAdmin } from '@/lib/accounts/acting-admin/acting-admin'
import { alignProfiles } from '@/lib/people/identities/commands'
import type { Actor } from '@/lib/platform/actor'
import type { Permission } from '@/lib/platform/permissions'
import type { ActionResult } from '@/lib/platform/refusals'

/*
 * Arguments come from the browser, whatever their types say: the commands parse all of them.
 */

/** Suspends an ACS user: it opens no door until the suspension is lifted. */
export async function suspend(acsUserId: string): Promise<ActionResult<null>> {
  return changeSuspension(suspendAcsUser, acsUserId)
}

/** Lifts the suspension of an ACS user. */
export async function unsuspend(acsUserId: string): Promise<ActionResult<null>> {
  return changeSuspension(unsuspendAcsUser, acsUserId)
}

/** Sets when an ACS user may get in; either end may be open. Times are in ISO 8601 with their offset. */
export async function saveAccessSchedule(schedule: {
  acsUserId: string
  startsAt: string | null
  endsAt: string | null
}): Promise<ActionResult<null>> {
  return carryOut('acs_user.write', (actor) =>
    updateAcsUser(actor, {
      acs_user_id: schedule.acsUserId,
      access_schedule: { starts_at: schedule.startsAt, ends_at: schedule.endsAt },
    }),
  )
}

/** Has an ACS user be in exactly these access groups. */
export async function saveAccessGroups(membership: {
  acsUserId: string
  acsAccessGroupIds: string[]
}): Promise<ActionResult<null>> {
  return carryOut('acs_user.write', (actor) =>
    setAccessGroups(actor, { acs_user_id: membership.acsUserId, acs_access_group_ids: membership.acsAccessGroupIds }),
  )
}

/** Issues a mobile credential to an ACS user. */
export async function issueCredential(credential: {
  acsUserId: string
  startsAt: string | null
  endsAt: string | null
  acsEntranceIds: string[]
}): Promise<ActionResult<null>> {
  return carryOut('credential.manage', (actor) =>
    createCredential(actor, {
      acs_user_id: credential.acsUserId,
      access_method: 'mobile_key',
      starts_at: credential.startsAt ?? undefined,
      ends_at: credential.endsAt ?? undefined,
      allowed_acs_entrance_ids: credential.acsEntranceIds,
    }),
  )
}

/** Sets the end of a credential's validity; null for no end. */
export async function extendCredential(credential: {
  acsCredentialId: string
  endsAt: string | null
}): Promise<ActionResult<null>> {
  return carryOut('credential.manage', (actor) =>
    updateCredential(actor, { acs_credential_id: credential.acsCredentialId, ends_at: credential.endsAt }),
  )
}

/** Revokes a credential: it opens no door any more. */
export async function revokeCredential(acsCredentialId: string): Promise<ActionResult<null>> {
  return carryOut('credential.manage', (actor) => deleteCredential(actor, { acs_credential_id: acsCredentialId }))
}

/** Brings the profiles of a person and of their ACS users together; changing the person needs its own permission. */
export async function saveAlignedProfiles(alignment: ProfileAlignment): Promise<ActionResult<null>> {
  const writesIdentity = Object.keys(alignment?.identity ?? {}).length > 0
  return carryOut(writesIdentity ? 'identity.write' : 'acs_user.write', (actor) => alignProfiles(actor, alignment))
}

async function changeSuspension(command: typeof suspendAcsUser, acsUserId: string): Promise<ActionResult<null>> {
  return carryOut('acs_user.suspend', (actor) => command(actor, { acs_user_id: acsUserId }))
}

async function carryOut(permission: Permission, command: (actor: Actor) => Promise<unknown>) {
  const result = await actAsAdmin(permission, async ({ actor }) => {
    await command(actor)
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
