import type { ReportedError, ReportedWarning } from '@/db/schema/columns'

/** What says whether an ACS user can get in. */
export type AcsUserStanding = {
  isSuspended: boolean
  accessStartsAt: string | null
  accessEndsAt: string | null
  errors: ReportedError[]
}

/** An ACS user as its own page shows it. */
export type AcsUser = AcsUserStanding & {
  acsUserId: string
  acsSystemId: string
  acsSystemName: string
  /** IANA name of the zone that the access system's site stands in. */
  acsSystemTimeZone: string | null
  displayName: string
  fullName: string | null
  emailAddress: string | null
  /** As the access system writes it. */
  phoneNumber: string | null
  phoneNumberE164: string | null
  warnings: ReportedWarning[]
  createdAt: string
  linkedAt: string | null
  linkedBy: string | null
  identity: { userIdentityId: string; displayName: string; emailAddress: string | null } | null
  /** When and by whom it was said to stand for no person. */
  notAPerson: { at: string; by: string | null } | null
  /** How many of its changes wait to be programmed at the panel of a system that's kept by hand. */
  openTaskCount: number
  accessGroups: { acsAccessGroupId: string; name: string }[]
}

export type AcsUserListItem = {
  acsUserId: string
  displayName: string
  emailAddress: string | null
  phoneNumber: string | null
  identity: { userIdentityId: string; displayName: string } | null
  problem: AcsUserProblem['label'] | null
  createdAt: string
}

export type AcsUserProblem = {
  code: 'suspended' | 'access_ended' | 'access_not_begun' | 'reported_by_access_system'
  /** A short word for a list. */
  label: 'Suspended' | 'Access ended' | 'Not yet' | 'Error'
  /** What it means and what to do. */
  message: string
}

/**
 * Everything that keeps an ACS user from opening doors, worst first. `acsUserHasProblem` in
 * `problem-condition.ts` is the same rule in SQL; a test holds the two together.
 */
export function acsUserProblems(acsUser: AcsUserStanding, now: Date): AcsUserProblem[] {
  const problems: AcsUserProblem[] = acsUser.errors.map((error) => ({
    code: 'reported_by_access_system',
    label: 'Error',
    message: error.message,
  }))
  if (acsUser.isSuspended) {
    problems.push({
      code: 'suspended',
      label: 'Suspended',
      message: 'Suspended in this access system until somebody lifts the suspension.',
    })
  }
  if (acsUser.accessEndsAt && Date.parse(acsUser.accessEndsAt) <= now.getTime()) {
    problems.push({
      code: 'access_ended',
      label: 'Access ended',
      message: 'The access schedule has ended: no door opens until it is extended.',
    })
  }
  if (acsUser.accessStartsAt && Date.parse(acsUser.accessStartsAt) > now.getTime()) {
    problems.push({
      code: 'access_not_begun',
      label: 'Not yet',
      message: 'The access schedule has not begun: doors open once it does.',
    })
  }
  return problems
}
