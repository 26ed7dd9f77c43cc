import type { userIdentities } from '../schema/user-identities'
import { type Building, presence, type SystemName, systemNames } from './buildings'
import { createContactDetails } from './contact-details'
import { type Demo, managers } from './demo'
import { fullName, type Name } from './names'
import { planPeople } from './people-plans'
import type { Known, PersonPlan } from './person-plan'

/** Somebody as they are; the user identity may tell less of them. */
export type Person = {
  name: Name
  emailAddress: string
  phoneNumber: string
  kind: PersonPlan['kind']
  building: Building
  tower: 'A' | 'B'
  isStory: boolean
  /** The access systems that know them. */
  systems: SystemName[]
  movesInAt: Date | null
  movesOutAt: Date | null
  createdAt: Date
  createdBy: string
  /** A correction that somebody made later. */
  change: { at: Date; by: string; from: string; to: string } | null
  identity: typeof userIdentities.$inferInsert
  /** As the database derives it from the identity. */
  displayName: string
}

const shareOnboarded = 0.4
const shareCorrected = 0.08

/** Makes the people in the order in which their identities were created. */
export function buildPeople(demo: Demo): Person[] {
  const { random, calendar } = demo
  const plans = planPeople(random)
  const contacts = createContactDetails(
    random,
    plans.flatMap((plan) => [plan.emailAddress ?? '', plan.phoneNumber ?? '']),
  )
  // A first rush while the company moved in, then as people come and go.
  const moments = plans
    .map(() => calendar.workingMoment(random.chance(shareOnboarded) ? random.integer(85, 90) : random.integer(0, 84)))
    .sort((one, other) => one.getTime() - other.getTime())

  return plans.map((plan, position) => {
    const details = {
      emailAddress: plan.emailAddress ?? contacts.emailAddress(plan.name, plan.kind === 'staff'),
      phoneNumber: plan.phoneNumber ?? contacts.phoneNumber(),
      formerPhoneNumber: contacts.phoneNumber(),
    }
    return buildPerson(demo, plan, details, { createdAt: moments[position] ?? calendar.now, position })
  })
}

function buildPerson(
  demo: Demo,
  plan: PersonPlan,
  details: { emailAddress: string; phoneNumber: string; formerPhoneNumber: string },
  { createdAt, position }: { createdAt: Date; position: number },
): Person {
  const { random, calendar, workspaceId, newId } = demo
  const known = plan.known ?? 'everything'
  const createdBy = random.pick([...managers, ...managers, 'Keyholder'])
  const identity = {
    workspaceId,
    userIdentityId: newId(createdAt),
    ...knownFields(known, plan, details, accountKey(plan, position, random.chance(0.08))),
    createdAt,
    updatedAt: createdAt,
    version: 1,
  }
  let change: Person['change'] = null
  if (identity.phoneNumber && !plan.isStory && random.chance(shareCorrected)) {
    change = {
      at: calendar.soonAfter(createdAt, 30),
      by: random.pick(managers),
      from: details.formerPhoneNumber,
      to: details.phoneNumber,
    }
    identity.updatedAt = change.at
    identity.version = 2
  }
  return {
    ...plan,
    emailAddress: details.emailAddress,
    phoneNumber: details.phoneNumber,
    tower: random.chance(0.55) ? 'A' : 'B',
    isStory: plan.isStory ?? false,
    systems: plan.isStory ? [] : systemsOf(demo, plan),
    ...tenancy(demo, plan),
    createdAt,
    createdBy,
    change,
    identity,
    displayName:
      identity.fullName ?? identity.emailAddress ?? identity.phoneNumber ?? identity.userIdentityKey ?? 'Nobody',
  }
}

/** The app's own account ids: reservations, employees, vendors. Some accounts never had one. */
function accountKey(plan: PersonPlan, position: number, isMissing: boolean): string | null {
  if (isMissing && !plan.isStory) return null
  if (plan.kind === 'staff') return `emp_${String(201 + position).padStart(4, '0')}`
  if (plan.kind === 'contractor') return `vendor_${String(31 + position).padStart(4, '0')}`
  return `res_${10_400 + position * 3}`
}

function knownFields(
  known: Known,
  plan: PersonPlan,
  { emailAddress, phoneNumber }: { emailAddress: string; phoneNumber: string },
  userIdentityKey: string | null,
) {
  const everything = { fullName: fullName(plan.name), emailAddress, phoneNumber, userIdentityKey }
  const nothing = { fullName: null, emailAddress: null, phoneNumber: null, userIdentityKey: null }
  switch (known) {
    case 'everything':
      return everything
    case 'no phone':
      return { ...everything, phoneNumber: null }
    case 'no email':
      return { ...everything, emailAddress: null }
    case 'name only':
      return { ...nothing, fullName: everything.fullName }
    case 'email only':
      return { ...nothing, emailAddress }
    case 'phone only':
      return { ...nothing, phoneNumber }
    case 'key only':
      return { ...nothing, userIdentityKey: userIdentityKey ?? `res_${emailAddress.length}${phoneNumber.slice(-4)}` }
  }
}

function systemsOf({ random }: Demo, plan: PersonPlan): SystemName[] {
  return systemNames.filter((system) => {
    if (plan.kind === 'staff') return random.chance(0.95)
    const likely = presence[plan.building][system]
    return random.chance(plan.kind === 'contractor' ? likely * 0.8 : likely)
  })
}

/** Many live here without an end in sight; some have moved out, some are about to move in. */
function tenancy({ random, calendar }: Demo, plan: PersonPlan): Pick<Person, 'movesInAt' | 'movesOutAt'> {
  if (plan.isStory || plan.kind === 'staff' || random.chance(0.45)) return { movesInAt: null, movesOutAt: null }
  if (random.chance(0.16)) {
    return {
      movesInAt: calendar.midnight(-random.integer(200, 500)),
      movesOutAt: calendar.midnight(-random.integer(2, 60)),
    }
  }
  if (random.chance(0.15)) {
    const start = random.integer(1, 21)
    return { movesInAt: calendar.midnight(start), movesOutAt: calendar.midnight(start + 365) }
  }
  return {
    movesInAt: calendar.midnight(-random.integer(20, 400)),
    movesOutAt: random.chance(0.6) ? calendar.midnight(random.integer(10, 330)) : null,
  }
}
