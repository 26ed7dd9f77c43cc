'use server'

import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server'
import { revalidatePath } from 'next/cache'
import type { PasswordFormState } from '@/components/account/password-form'
import type { ProfileFormState } from '@/components/account/profile-form'
import type { Given } from '@/components/account/proof-dialog'
import type { BeginState, ConfirmState, RenewState, TurnOffState } from '@/components/account/two-factor'
import { changePassword, changeProfile, endOtherSessions, endSession } from '@/lib/accounts/account/commands'
import { type ActingAdmin, actAsAdmin } from '@/lib/accounts/acting-admin/acting-admin'
import { hashPassword, verifyPassword } from '@/lib/accounts/auth/password-hash'
import {
  addPasskey,
  beginPasskey,
  beginPasskeyProof,
  removePasskey,
  renamePasskey,
} from '@/lib/accounts/passkeys/commands'
import { setupAgain } from '@/lib/accounts/proof/authenticator'
import {
  beginTwoFactor,
  confirmTwoFactor,
  renewRecoveryCodes,
  turnOffTwoFactor,
} from '@/lib/accounts/two-factor/commands'
import type { ActionResult } from '@/lib/platform/refusals'

/** Nothing of it belongs to a workspace. */
const ofOwnAccount = { ofAnyPage: true, kind: 'account' } as const
const passwords = { hash: hashPassword, verify: verifyPassword }

/** Saves the name and the email address of the acting admin. */
export async function saveProfile(_previous: ProfileFormState, form: FormData): Promise<ProfileFormState> {
  const given = { name: String(form.get('name') ?? ''), email: String(form.get('email') ?? '') }
  const change = async (admin: ActingAdmin) => {
    await changeProfile(admin, Object.fromEntries(form), passwords)
    return null
  }
  const result = await actAsAdmin(null, change, ofOwnAccount)
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
  const result = await actAsAdmin(null, change, ofOwnAccount)
  if (!result.ok) return { kind: 'refused', refusal: result.refusal }
  revalidatePath('/settings/account')
  return { kind: 'changed' }
}

/** Signs the acting admin out in another browser. */
export async function signOutElsewhere(sessionId: string, given: Given): Promise<ActionResult<null>> {
  const change = async (admin: ActingAdmin) => {
    await endSession(admin, sessionId, given, passwords)
    return null
  }
  const result = await actAsAdmin(null, change, ofOwnAccount)
  revalidatePath('/settings/account')
  return result
}

/** Signs the acting admin out in all other browsers. */
export async function signOutEverywhereElse(given: Given): Promise<ActionResult<null>> {
  const change = async (admin: ActingAdmin) => {
    await endOtherSessions(admin, given, passwords)
    return null
  }
  const result = await actAsAdmin(null, change, ofOwnAccount)
  revalidatePath('/settings/account')
  return result
}

/** Gives what the acting admin's browser is to answer by a passkey, to prove who they are. */
export async function beginProofByPasskey(): Promise<ActionResult<PublicKeyCredentialRequestOptionsJSON>> {
  return actAsAdmin(null, beginPasskeyProof, ofOwnAccount)
}

/** Gives the acting admin a key for their authenticator app. */
export async function beginWithTwoFactor(_previous: BeginState, form: FormData): Promise<BeginState> {
  const begin = (admin: ActingAdmin) => beginTwoFactor(admin, Object.fromEntries(form), passwords)
  const result = await actAsAdmin(null, begin, ofOwnAccount)
  return result.ok ? { kind: 'begun', setup: result.value } : { kind: 'refused', refusal: result.refusal }
}

/**
 * Turns two-factor authentication on for the acting admin. The page is not read again before the recovery
 * codes, which are shown this once, have been left.
 */
export async function confirmWithCode(_previous: ConfirmState, form: FormData): Promise<ConfirmState> {
  const confirm = (admin: ActingAdmin) => confirmTwoFactor(admin, Object.fromEntries(form))
  const result = await actAsAdmin(null, confirm, ofOwnAccount)
  if (result.ok) return { kind: 'codes', codes: result.value }
  return { kind: 'refused', refusal: result.refusal, setup: setupAgain(form.get('address')) }
}

/** Makes new recovery codes for the acting admin. */
export async function makeRecoveryCodes(_previous: RenewState, form: FormData): Promise<RenewState> {
  const renew = (admin: ActingAdmin) => renewRecoveryCodes(admin, Object.fromEntries(form), passwords)
  const result = await actAsAdmin(null, renew, ofOwnAccount)
  return result.ok ? { kind: 'codes', codes: result.value } : { kind: 'refused', refusal: result.refusal }
}

/** Turns two-factor authentication off for the acting admin. */
export async function turnTwoFactorOff(_previous: TurnOffState, form: FormData): Promise<TurnOffState> {
  const turnOff = async (admin: ActingAdmin) => {
    await turnOffTwoFactor(admin, Object.fromEntries(form), passwords)
    return null
  }
  const result = await actAsAdmin(null, turnOff, ofOwnAccount)
  if (!result.ok) return { kind: 'refused', refusal: result.refusal }
  revalidatePath('/settings/account')
  return { kind: 'off' }
}

/** Gives what the acting admin's browser is to make a passkey by. */
export async function beginWithPasskey(given: Given): Promise<ActionResult<PublicKeyCredentialCreationOptionsJSON>> {
  return actAsAdmin(null, (admin) => beginPasskey(admin, given, passwords), ofOwnAccount)
}

/** Adds the passkey that the acting admin's browser has made. */
export async function addMadePasskey(response: unknown, given: Given): Promise<ActionResult<null>> {
  const change = async (admin: ActingAdmin) => {
    await addPasskey(admin, response, given)
    return null
  }
  const result = await actAsAdmin(null, change, ofOwnAccount)
  revalidatePath('/settings/account')
  return result
}

/** Calls one of the acting admin's passkeys something else. */
export async function renameOwnPasskey(passkeyId: string, name: string): Promise<ActionResult<null>> {
  const change = async (admin: ActingAdmin) => {
    await renamePasskey(admin, passkeyId, { name })
    return null
  }
  const result = await actAsAdmin(null, change, ofOwnAccount)
  revalidatePath('/settings/account')
  return result
}

/** Removes one of the acting admin's passkeys. */
export async function removeOwnPasskey(passkeyId: string, given: Given): Promise<ActionResult<null>> {
  const change = async (admin: ActingAdmin) => {
    await removePasskey(admin, passkeyId, given, passwords)
    return null
  }
  const result = await actAsAdmin(null, change, ofOwnAccount)
  revalidatePath('/settings/account')
  return result
}
