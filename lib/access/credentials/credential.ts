import type { accessMethods } from '@/db/schema/credentials'

/** What opens doors, as pages show it. */
export type Credential = {
  acsCredentialId: string
  acsSystemId: string
  acsUserId: string
  acsUserName: string
  acsSystemName: string
  /** IANA name of the zone that the access system's site stands in. */
  timeZone: string | null
  accessMethod: (typeof accessMethods)[number]
  displayName: string
  startsAt: string | null
  endsAt: string | null
  isIssued: boolean
  issuedAt: string | null
  warnings: { message: string }[]
  errors: { message: string }[]
}

export type CredentialState = 'active' | 'pending' | 'scheduled' | 'expired' | 'error'

/** Whether a credential opens doors now, and if not, why. */
export function credentialState(
  credential: Pick<Credential, 'startsAt' | 'endsAt' | 'isIssued' | 'errors'>,
  now: Date,
): CredentialState {
  if (credential.endsAt && new Date(credential.endsAt) <= now) return 'expired'
  if (credential.errors.length > 0) return 'error'
  if (!credential.isIssued) return 'pending'
  if (credential.startsAt && new Date(credential.startsAt) > now) return 'scheduled'
  return 'active'
}

const stateOrder: Record<CredentialState, number> = { active: 0, pending: 1, scheduled: 1, error: 2, expired: 3 }

/**
 * Credentials in the order in which they matter: what opens doors now, what will, what fails, what is
 * over; among each, what ends soonest first, and what ended last first.
 */
export function orderCredentials<Given extends Pick<Credential, 'startsAt' | 'endsAt' | 'isIssued' | 'errors'>>(
  credentials: Given[],
  now: Date,
): Given[] {
  const end = ({ endsAt }: Given) => (endsAt ? new Date(endsAt).getTime() : Number.MAX_SAFE_INTEGER)
  const rank = (credential: Given) => stateOrder[credentialState(credential, now)]
  return [...credentials].sort((one, other) => {
    const direction = rank(one) === stateOrder.expired ? -1 : 1
    return rank(one) - rank(other) || direction * (end(one) - end(other))
  })
}

const methodNames: Record<Credential['accessMethod'], string> = {
  mobile_key: 'Mobile key',
  card: 'Card',
  code: 'Door code',
}

/** What a credential is called: what it is and, where it is somebody's, whose. */
export function credentialName(accessMethod: Credential['accessMethod'], holderName: string | null): string {
  return holderName ? `${methodNames[accessMethod]} – ${holderName}` : methodNames[accessMethod]
}

/** What is said of cards and door codes that did not come back with what they had been deleted with. */
export function lostInWords(count: number): string {
  return count === 1
    ? 'One card or door code did not come back: issue it anew.'
    : `${count} cards and door codes did not come back: issue them anew.`
}
