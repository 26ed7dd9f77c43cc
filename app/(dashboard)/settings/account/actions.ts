'use server'

import { hashPassword, verifyPassword } from 'better-auth/crypto'
import { revalidatePath } from 'next/cache'
import type { PasswordFormState } from '@/components/account/password-form'
import type { ProfileFormState } from '@/components/account/profile-form'
import { changePassword, changeProfile, endSession } from '@/lib/account/commands'
import { type ActingAdmin, actAsAdmin } from '@/lib/auth/acting-admin'
import type { ActionResult } from '@/lib/errors'

const passwords = { hash: hashPassword, verify: verifyPassword }

/** Saves the name and the email address of the acting admin. */
export async function saveProfile(_previous: ProfileFormState, form: FormData): Promise<ProfileFormState> {
  const given = { name: String(form.get('name') ?? ''), email: String(form.get('email') ?? '') }
  const change = async (admin: ActingAdmin) => {
    await changeProfile(admin, Object.fromEntries(form), passwords)
    return null
  }
  const result = await actAsAdmin(null, change, { ofAnyPage: true })
  if (!result.ok) return { kind: 'refused', given, refusal: result.refusal }
  revalidatePath('/', 'layout')
  return { kind: 'saved' }
}

/** Changes the password of the acting admin. */
export async function savePassword(_previous: PasswordFormState, form: FormData): Promise<PasswordFormState> {
  const change = async (admin: ActingAdmin) => {
    await changePassword(admin, Object.fromEntries(form), passwords)
    return null
  }
  const result = await actAsAdmin(null, change, { ofAnyPage: true })
  if (!result.ok) return { kind: 'refused', refusal: result.refusal }
  revalidatePath('/settings/account')
  return { kind: 'changed' }
}

/** Signs the acting admin out in another browser. */
export async function signOutElsewhere(sessionId: string): Promise<ActionResult<null>> {
  const change = async (admin: ActingAdmin) => {
    await endSession(admin, sessionId)
    return null
  }
  const result = await actAsAdmin(null, change, { ofAnyPage: true })
  revalidatePath('/settings/account')
  return result
}
