import type { acsUsers } from '../schema/acs-users'
import type { ReportedError, ReportedWarning } from '../schema/columns'
import { type SystemName, systemPlans } from './buildings'
import { type Demo, managers } from './demo'
import { fullName } from './names'
import type { Person } from './people'
import type { Site } from './sites'
import { readPhoneNumber, respelt, writtenPhoneNumber } from './spelling'
import { type StoryAcsUser, storyAcsUsers } from './stories'

/** An ACS user's row with what the rest of the demo has to know of it. */
export type AcsUser = {
  row: typeof acsUsers.$inferInsert
  system: SystemName
  /** Who it stands for, whether attached or not; null when it is nobody the workspace knows. */
  person: Person | null
  /** Not a person at all: a crew's card, a delivery service. */
  isService: boolean
  /** What a story tells of them; null where chance decides. */
  story: StoryAcsUser | null
  displayName: string
}

export type AcsUserDetails = {
  fullName: string | null
  emailAddress: string | null
  phoneNumber: string | null
}

/** Makes an ACS user that is attached to nobody. `person` is who it stands for, if the workspace knows them. */
export function buildAcsUser(
  demo: Demo,
  site: Site,
  { person = null, isService = false, ...details }: AcsUserDetails & { person?: Person | null; isService?: boolean },
): AcsUser {
  const { random, calendar, workspaceId, newId } = demo
  // Most were there when the system was connected; the others came as their people came.
  const isNew = person ? random.chance(0.4) : random.chance(0.5)
  const arrived = person ? calendar.soonAfter(person.createdAt, 5) : calendar.workingMoment(random.integer(0, 80))
  const createdAt = isNew ? arrived : calendar.workingMoment(random.integer(91, 92))
  return {
    system: site.system,
    person,
    isService,
    story: null,
    displayName: details.fullName ?? details.emailAddress ?? details.phoneNumber ?? '',
    row: {
      workspaceId,
      acsUserId: newId(createdAt),
      acsSystemId: site.acsSystemId,
      ...details,
      phoneNumberE164: readPhoneNumber(details.phoneNumber),
      ...schedule(demo, person),
      createdAt,
    },
  }
}

/** Makes the ACS users of the people whose attachments chance decides, each attached. */
export function buildLinkedAcsUsers(
  demo: Demo,
  sites: Record<SystemName, Site>,
  pairs: { person: Person; system: SystemName }[],
): AcsUser[] {
  const { random } = demo
  return pairs.map(({ person, system }) => {
    const acsUser = buildAcsUser(demo, sites[system], { person, ...linkedDetails(demo, person) })
    link(demo, acsUser, person)
    acsUser.row.isSuspended = random.chance(0.04)
    reportIssues(demo, acsUser)
    return acsUser
  })
}

/** Makes the ACS users that the stories tell of. */
export function buildStoryAcsUsers(demo: Demo, sites: Record<SystemName, Site>, people: Person[]): AcsUser[] {
  return storyAcsUsers.map((story) => {
    const { system, attachedTo, fullName, emailAddress, phoneNumber, isSuspended = false } = story
    const person = people.find((candidate) => candidate.isStory && candidate.displayName === attachedTo) ?? null
    const acsUser = buildAcsUser(demo, sites[system], { person, fullName, emailAddress, phoneNumber })
    if (person) link(demo, acsUser, person)
    acsUser.row.isSuspended = isSuspended
    return { ...acsUser, story }
  })
}

function link({ random, calendar }: Demo, acsUser: AcsUser, person: Person) {
  const bothThere = new Date(Math.max(acsUser.row.createdAt?.getTime() ?? 0, person.createdAt.getTime()))
  acsUser.row.userIdentityId = person.identity.userIdentityId
  acsUser.row.linkedAt = calendar.soonAfter(bothThere, random.chance(0.7) ? 0.02 : 9)
  acsUser.row.linkedBy = random.pick([...managers, ...managers, 'Keyholder', 'Keyholder'])
}

/** The system's own copy of a person's details: mostly the same, sometimes left behind by time. */
function linkedDetails({ random }: Demo, person: Person): AcsUserDetails {
  const name = fullName(person.name)
  const details = {
    fullName: name,
    emailAddress: random.chance(0.86) ? person.emailAddress : null,
    phoneNumber: random.chance(0.64) ? writtenPhoneNumber(person.phoneNumber, random) : null,
  }
  if (!random.chance(0.07)) return details
  switch (random.pick(['name', 'name', 'email', 'phone'])) {
    case 'name':
      return { ...details, fullName: respelt(person.name, random) }
    case 'email':
      return { ...details, emailAddress: person.emailAddress.replace(/@.*/, '.old@example.net') }
    default: {
      const former = `+1555${random.integer(221, 239)}01${random.integer(10, 99)}`
      return { ...details, phoneNumber: writtenPhoneNumber(former, random) }
    }
  }
}

// A system that was not told that somebody moves out keeps them without a schedule.
function schedule({ random }: Demo, person: Person | null) {
  if (!person?.movesInAt || random.chance(0.3)) return {}
  return { accessStartsAt: person.movesInAt, accessEndsAt: person.movesOutAt }
}

function reportIssues(demo: Demo, acsUser: AcsUser) {
  const { random, calendar } = demo
  const vendor = systemPlans[acsUser.system].displayName
  const reportedAt = calendar.soonAfter(acsUser.row.linkedAt ?? calendar.now, 20).toISOString()
  const errors: ReportedError[] = []
  const warnings: ReportedWarning[] = []
  if (acsUser.system === 'visionline' && random.chance(0.06)) {
    errors.push({
      error_code: 'failed_to_update_on_acs_system',
      message: `The latest changes have not reached ${vendor}, because it does not answer.`,
      created_at: calendar.soonAfter(calendar.hoursFromNow(-7), 0.2).toISOString(),
    })
  } else if (random.chance(0.014)) {
    errors.push({
      error_code: 'failed_to_update_on_acs_system',
      message: `${vendor} refused the latest changes to this ACS user. Check its name, email address and schedule there.`,
      created_at: reportedAt,
    })
  } else if (random.chance(0.012)) {
    errors.push({
      error_code: 'deleted_externally',
      message: `This ACS user was deleted in ${vendor} itself. Detach it, or create the person there again.`,
      created_at: reportedAt,
    })
  } else if (acsUser.system === 'latch' && random.chance(0.03)) {
    errors.push({
      error_code: 'latch_conflict_with_resident_user',
      message: 'Latch already has a resident with this email address, so this ACS user cannot be changed from here.',
      created_at: reportedAt,
    })
  }
  if (acsUser.system === 'saltoKs' && random.chance(0.04)) {
    warnings.push({
      warning_code: 'salto_ks_user_not_subscribed',
      message: 'This ACS user has no Salto KS subscription yet, so no door opens for them.',
      created_at: reportedAt,
    })
  }
  acsUser.row.errors = errors
  acsUser.row.warnings = warnings
}
