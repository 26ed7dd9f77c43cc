import type { accessMethods } from '@/db/schema/credentials'
import type { RefusalValue } from '@/lib/platform/refusals'

/** How somebody moves out: by the end of their access schedules, or by suspension, which is at once. */
export const moveOutManners = ['end_schedule', 'suspend'] as const

/** Most people whose move is looked at, carried out or taken back at once. */
export const mostPeopleAtOnce = 500

export type MoveOut = {
  /** From when on no door opens. */
  at: Date
  manner: (typeof moveOutManners)[number]
  revokeMobileCredentials: boolean
  /** The move-out that was planned before: what ends with that one ends with this one instead. */
  replaces: string | null
}

/** An ACS user of somebody who moves, as far as a move concerns it. */
export type MovingAcsUser = {
  acsUserId: string
  displayName: string
  acsSystemName: string
  isSuspended: boolean
  accessStartsAt: string | null
  accessEndsAt: string | null
  credentials: MovingCredential[]
}

type MovingCredential = {
  acsCredentialId: string
  displayName: string
  accessMethod: (typeof accessMethods)[number]
  startsAt: string | null
  endsAt: string | null
}

/** What a move does to one ACS user. */
export type MoveStep = {
  acsUserId: string
  displayName: string
  acsSystemName: string
  /** The access schedule as it becomes; null where it stays. */
  schedule: { startsAt: string | null; endsAt: string | null } | null
  /** Whether it is suspended or its suspension lifted; null where that stays. */
  suspended: boolean | null
  /** Credentials that are revoked at once. */
  revoked: { acsCredentialId: string; displayName: string }[]
  /** Credentials whose validity ends with the move. */
  ended: { acsCredentialId: string; displayName: string }[]
  /** Credentials that have no end any more. */
  endless: { acsCredentialId: string; displayName: string }[]
}

/**
 * What moving out does to each of a person's ACS users: what the preview shows and what is carried out.
 * Nothing opens a door for longer than it would have. A schedule that begins only after the move-out
 * cannot end before it begins, so its ACS user is suspended.
 */
export function planMoveOut(move: MoveOut, acsUsers: MovingAcsUser[], now: Date): MoveStep[] {
  const at = move.at.getTime()
  const isAfter = (time: string | null) => time !== null && new Date(time).getTime() >= at
  const endsBefore = (time: string | null) => time !== null && time !== move.replaces && new Date(time).getTime() <= at
  return acsUsers.map((acsUser) => {
    const suspends = move.manner === 'suspend' || isAfter(acsUser.accessStartsAt)
    const mobile = acsUser.credentials.filter(
      ({ accessMethod, endsAt }) =>
        move.revokeMobileCredentials && accessMethod === 'mobile_key' && !endsBefore(endsAt),
    )
    const isRevoked = ({ startsAt }: MovingCredential) => at <= now.getTime() || isAfter(startsAt)
    return {
      ...named(acsUser),
      schedule:
        suspends || endsBefore(acsUser.accessEndsAt)
          ? null
          : { startsAt: acsUser.accessStartsAt, endsAt: move.at.toISOString() },
      suspended: suspends && !acsUser.isSuspended ? true : null,
      revoked: mobile.filter(isRevoked).map(credentialNames),
      ended: mobile.filter((credential) => !isRevoked(credential)).map(credentialNames),
      endless: [],
    }
  })
}

export type MoveIn = { startsAt: Date | null; endsAt: Date | null; liftSuspensions: boolean }

/** What moving in does to each of a person's ACS users: one schedule for all of them. */
export function planMoveIn(move: MoveIn, acsUsers: MovingAcsUser[]): MoveStep[] {
  const startsAt = move.startsAt?.toISOString() ?? null
  const endsAt = move.endsAt?.toISOString() ?? null
  return acsUsers.map((acsUser) => ({
    ...named(acsUser),
    schedule: acsUser.accessStartsAt === startsAt && acsUser.accessEndsAt === endsAt ? null : { startsAt, endsAt },
    suspended: move.liftSuspensions && acsUser.isSuspended ? false : null,
    revoked: [],
    ended: [],
    endless: [],
  }))
}

/** What canceling a planned move-out does: what ends with it has no end any more. */
export function planCancellation(movesOutAt: string, acsUsers: MovingAcsUser[]): MoveStep[] {
  return acsUsers.map((acsUser) => ({
    ...named(acsUser),
    schedule: acsUser.accessEndsAt === movesOutAt ? { startsAt: acsUser.accessStartsAt, endsAt: null } : null,
    suspended: null,
    revoked: [],
    ended: [],
    endless: acsUser.credentials
      .filter(({ accessMethod, endsAt }) => accessMethod === 'mobile_key' && endsAt === movesOutAt)
      .map(credentialNames),
  }))
}

/** How moving one of several people went. */
export type MoveOutcome = {
  userIdentityId: string
  /** By which it is undone. */
  changeId: string
  refusal: RefusalValue | null
}

/** Whether a step leaves everything as it is. */
export function isIdle({ schedule, suspended, revoked, ended, endless }: MoveStep): boolean {
  return schedule === null && suspended === null && revoked.length + ended.length + endless.length === 0
}

const named = ({ acsUserId, displayName, acsSystemName }: MovingAcsUser) => ({ acsUserId, displayName, acsSystemName })
const credentialNames = ({ acsCredentialId, displayName }: MovingCredential) => ({ acsCredentialId, displayName })
