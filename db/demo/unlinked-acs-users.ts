import { type AcsUser, buildAcsUser } from './acs-users'
import { type SystemName, systemNames } from './buildings'
import { createContactDetails } from './contact-details'
import type { Demo } from './demo'
import { createNames, fullName } from './names'
import type { Person } from './people'
import type { Site } from './sites'
import { respelt, withoutAccents, writtenPhoneNumber } from './spelling'

const strangers = 84

// Who is no person at all, and where. Some name a phone number as nobody can read it.
const serviceAccounts: { name: string; systems: SystemName[]; phoneNumber?: string }[] = [
  { name: 'Cleaning Crew 1', systems: ['saltoKs', 'brivo', 'visionline'] },
  { name: 'Cleaning Crew 2', systems: ['saltoKs', 'brivo'] },
  { name: 'Master Card', systems: ['visionline', 'saltoKs'] },
  { name: 'Master Card 02', systems: ['visionline'] },
  { name: 'Maintenance Spare', systems: ['saltoKs', 'latch', 'brivo'], phoneNumber: 'ext. 204' },
  { name: 'Fire Department', systems: ['brivo', 'saltoKs'] },
  { name: 'Knox Box', systems: ['brivo'] },
  { name: 'Elevator Technician', systems: ['brivo', 'latch'], phoneNumber: 'ask dispatch' },
  { name: 'Parcel Delivery', systems: ['saltoKs', 'latch'] },
  { name: 'USPS', systems: ['latch', 'saltoKs'] },
  { name: 'Leasing Tour', systems: ['latch', 'brivo'] },
  { name: 'Visitor 01', systems: ['visionline'] },
  { name: 'Visitor 02', systems: ['visionline'] },
  { name: 'Pool Service', systems: ['saltoKs'], phoneNumber: 'office 9-5' },
  { name: 'TEST do not use', systems: ['hid'] },
]

/** Makes the ACS users that clearly are somebody the workspace knows, but whom nobody has attached yet. */
export function buildMatchingAcsUsers(
  demo: Demo,
  sites: Record<SystemName, Site>,
  pairs: { person: Person; system: SystemName }[],
): AcsUser[] {
  return pairs.map(({ person, system }, position) =>
    buildAcsUser(demo, sites[system], { person, ...resemblance(demo, person, position) }),
  )
}

/** What gives them away: the email address, the phone number, or only the name. */
function resemblance({ random }: Demo, person: Person, position: number) {
  const { identity } = person
  const name = random.chance(0.5) ? fullName(person.name) : respelt(person.name, random)
  const phoneNumber = writtenPhoneNumber(person.phoneNumber, random)
  const evidence = position % 3
  if (identity.emailAddress && evidence === 0) {
    // Systems keep an email address as it was typed; case does not matter.
    const emailAddress = random.chance(0.15) ? person.emailAddress.toUpperCase() : person.emailAddress
    return { fullName: name, emailAddress, phoneNumber: random.chance(0.3) ? phoneNumber : null }
  }
  if (identity.phoneNumber && evidence === 1) {
    return { fullName: random.chance(0.2) ? null : name, emailAddress: null, phoneNumber }
  }
  return { fullName: respelt(person.name, random), emailAddress: null, phoneNumber: null }
}

/** Makes the ACS users that stand for nobody the workspace knows: people long gone, and things. */
export function buildUnknownAcsUsers(demo: Demo, sites: Record<SystemName, Site>, people: Person[]): AcsUser[] {
  const { random } = demo
  const names = createNames(
    random,
    people.map((person) => fullName(person.name)),
  )
  const contacts = createContactDetails(
    random,
    people.flatMap((person) => [person.emailAddress, person.phoneNumber]),
  )
  const former = Array.from({ length: strangers }, () => {
    const name = names.next()
    const acsUser = buildAcsUser(demo, sites[random.pick(systemNames)], {
      fullName: random.chance(0.1) ? withoutAccents(fullName(name)).toUpperCase() : fullName(name),
      emailAddress: random.chance(0.6) ? contacts.emailAddress(name) : null,
      phoneNumber: random.chance(0.45) ? writtenPhoneNumber(contacts.phoneNumber(), random) : null,
    })
    acsUser.row.isSuspended = random.chance(0.12)
    if (random.chance(0.35)) {
      const daysAgo = random.integer(30, 420)
      acsUser.row.accessStartsAt = demo.calendar.midnight(-daysAgo - 365)
      acsUser.row.accessEndsAt = demo.calendar.midnight(-daysAgo)
    }
    return acsUser
  })
  const services = serviceAccounts.flatMap(({ name, systems, phoneNumber = null }) =>
    systems.map((system) =>
      buildAcsUser(demo, sites[system], { fullName: name, emailAddress: null, phoneNumber, isService: true }),
    ),
  )
  return [...former, ...services]
}

/**
 * Has some people of one household share an email address, as couples do: an ACS user of one of them
 * carries the address of the other, in a system that has both.
 */
export function shareEmailAddresses(candidates: AcsUser[], acsUsers: AcsUser[], howMany: number): void {
  let shared = 0
  for (const acsUser of candidates) {
    if (shared === howMany) return
    const { person, system } = acsUser
    if (!person || person.isStory || !acsUser.row.fullName) continue
    const partner = acsUsers.find(
      (other) =>
        other.system === system &&
        other.person !== null &&
        other.person !== person &&
        other.person.name.family === person.name.family &&
        other.person.building === person.building &&
        other.row.emailAddress === other.person.emailAddress,
    )
    if (!partner || partner.row.emailAddress === acsUser.row.emailAddress) continue
    acsUser.row.emailAddress = partner.row.emailAddress
    shared++
  }
}
