'use server'

import { revalidatePath } from 'next/cache'
import type { InviteFormState } from '@/components/members/invite-form'
import { type ActingAdmin, actAsAdmin } from '@/lib/accounts/acting-admin/acting-admin'
import {
  changeMemberRole,
  inviteMember,
  leaveWorkspace,
  removeMember,
  revokeInvitation,
  sendInvitationAgain,
} from '@/lib/accounts/members/commands'
import { serverConfiguration } from '@/lib/platform/configuration'
import type { Role } from '@/lib/platform/permissions'
import type { ActionResult } from '@/lib/platform/refusals'

const listPath = '/settings/members'

/** Makes an invitation from the form and gives its link, for the one time that it can be seen. */
export async function invite(_previous: InviteFormState, form: FormData): Promise<InviteFormState> {
  const create = ({ actor }: ActingAdmin) => inviteMember(actor, Object.fromEntries(form))
  const result = await actAsAdmin('member.manage', create, { given: form, kind: 'invitation' })
  const email = String(form.get('email') ?? '').trim()
  if (!result.ok) return { kind: 'refused', email, role: form.get('role') as Role, refusal: result.refusal }
  revalidatePath(listPath)
  const link = `${serverConfiguration().baseUrl}/invitations/${result.value.token}`
  return { kind: 'invited', email: email || null, link, isMailed: result.value.isMailed }
}

/** Sends an invitation once more, with a new link. */
export async function sendAgain(invitationId: string): Promise<ActionResult<{ email: string }>> {
  const result = await actAsAdmin('member.manage', ({ actor }) => sendInvitationAgain(actor, invitationId), {
    kind: 'invitation',
  })
  revalidatePath(listPath)
  return result
}

/** Makes an invitation's link useless. */
export async function revoke(invitationId: string): Promise<ActionResult<null>> {
  const result = await actAsAdmin('member.manage', async ({ actor }) => {
    await revokeInvitation(actor, invitationId)
    return null
  })
  revalidatePath(listPath)
  return result
}

/** Gives a member another role. */
export async function changeRole(userId: string, role: Role): Promise<ActionResult<null>> {
  const result = await actAsAdmin('member.manage', async ({ actor }) => {
    await changeMemberRole(actor, userId, role)
    return null
  })
  // What the admin may do everywhere depends on their own.
  revalidatePath('/', 'layout')
  return result
}

/** Takes a member out of the workspace. */
export async function remove(userId: string): Promise<ActionResult<null>> {
  const result = await actAsAdmin('member.manage', async ({ actor }) => {
    await removeMember(actor, userId)
    return null
  })
  revalidatePath(listPath)
  return result
}

/** Takes the acting admin out of the workspace. */
export async function leave(): Promise<ActionResult<null>> {
  return actAsAdmin(null, async ({ actor, userId }) => {
    await leaveWorkspace({ ...actor, id: userId })
    return null
  })
}
