import type { DoorFacts } from './diagnosis'

/**
 * Whether a door opens for a person, as one expression: the same model as `diagnose`, stated
 * independently of it, which tests hold the two together by.
 */
export function doorOpens({ door, system, acsUser, ways, credentials }: DoorFacts, now: Date): boolean {
  const begun = (at: string | null) => at === null || Date.parse(at) <= now.getTime()
  const over = (at: string | null) => at !== null && Date.parse(at) <= now.getTime()
  return (
    acsUser !== null &&
    !acsUser.isSuspended &&
    begun(acsUser.accessStartsAt) &&
    !over(acsUser.accessEndsAt) &&
    acsUser.errors.length === 0 &&
    system.errors.length === 0 &&
    credentials.some(
      (credential) =>
        credential.isIssued &&
        credential.errors.length === 0 &&
        begun(credential.startsAt) &&
        !over(credential.endsAt) &&
        (door.unlocksWith.length === 0 || door.unlocksWith.includes(credential.accessMethod)) &&
        ways.some((way) =>
          way.kind === 'credential'
            ? way.id === credential.acsCredentialId
            : ['access_group', 'grant'].includes(way.kind),
        ),
    )
  )
}
