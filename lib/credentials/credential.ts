import type { accessMethods } from '@/db/schema/credentials'

/** What opens doors, as pages show it. */
export type Credential = {
  acsCredentialId: string
  acsSystemId: string
  acsUserId: string
  acsUserName: string
  acsSystemName: string
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

const methodNames: Record<Credential['accessMethod'], string> = {
  mobile_key: 'Mobile key',
  card: 'Card',
  code: 'Door code',
}

/** What a credential is called: what it is and, where it is somebody's, whose. */
export function credentialName(accessMethod: Credential['accessMethod'], holderName: string | null): string {
  return holderName ? `${methodNames[accessMethod]} – ${holderName}` : methodNames[accessMethod]
}
