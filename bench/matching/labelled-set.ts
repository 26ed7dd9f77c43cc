import { familyNames, givenNames } from '@/db/bulk-seed/names'
import type { Name } from '@/db/demo/names'
import { createRandom, type Random } from '@/db/demo/random'
import { readPhoneNumber, respelt, withoutAccents, writtenPhoneNumber } from '@/db/demo/spelling'

/*
 * A town of people, and what five access systems know of them: as carelessly as such things are typed,
 * with whose each ACS user truly is.
 */

/** What an identity is made of; the number is its place in the list. */
type LabelledIdentity = {
  fullName: string
  emailAddress: string | null
  phoneNumber: string | null
  building: number
}

/** An ACS user and the identity whose it truly is: its number, or null for nobody's. */
type LabelledAcsUser = {
  truth: number | null
  system: number
  isLinked: boolean
  fullName: string | null
  emailAddress: string | null
  phoneNumber: string | null
  phoneNumberE164: string | null
  /** The building whose residents' access group it is in. */
  building: number | null
}

export type LabelledSet = { identities: LabelledIdentity[]; acsUsers: LabelledAcsUser[] }

export const systemCount = 5
export const buildingCount = 12

const begins =
  'Ash Black Brook Cal Carl Dun East Fair Green Hal Har Hill Kings Lang Lin Mar Mil Nor Oak Red Shel Stan Ten Thorn Wal Wes Whit Wood'
const ends =
  'bury by croft dale den field ford gate ham hurst ley low man mere more ridge row sby shaw son stead ston thorpe ton wick win wood worth'
const moreFamilyNames = begins.split(' ').flatMap((begin) => ends.split(' ').map((end) => begin + end))
const services = ['Cleaning Crew', 'Master Card', 'Maintenance Spare', 'Fire Department', 'Visitor', 'Leasing Tour']

type Person = { name: Name; emailAddress: string; phoneNumber: string; household: number[]; building: number }

/** Draws so many people; the same seed always gives the same town. */
export function drawLabelledSet(howMany: number, seed: number): LabelledSet {
  const random = createRandom(seed)
  const people = drawPeople(random, howMany)
  const identities = people.map(({ name, emailAddress, phoneNumber, building }) => ({
    fullName: fullName(name),
    emailAddress: random.chance(0.92) ? emailAddress : null,
    phoneNumber: random.chance(0.75) ? phoneNumber : null,
    building,
  }))
  const acsUsers = [
    ...people.flatMap((_person, number) => drawAcsUsers(random, people, number)),
    ...Array.from({ length: Math.round(howMany / 6) }, (_, number) => drawStranger(random, howMany + number)),
  ]
  return { identities, acsUsers: random.shuffled(acsUsers) }
}

const fullName = ({ given, family }: Name) => `${given} ${family}`

function drawName(random: Random): Name {
  const family = random.chance(0.5) ? random.pick(familyNames) : random.pick(moreFamilyNames)
  return { given: random.pick(givenNames), family }
}

function drawPeople(random: Random, howMany: number): Person[] {
  const people: Person[] = []
  while (people.length < howMany) {
    const building = random.integer(0, buildingCount - 1)
    // Three in ten live with others of their family name.
    const size = random.chance(0.14) ? random.integer(2, 4) : 1
    const { family } = drawName(random)
    const first = people.length
    const household = Array.from({ length: Math.min(size, howMany - first) }, (_, member) => first + member)
    for (const number of household) {
      const namesake = people.length > 0 && random.chance(0.012) ? random.pick(people) : null
      const name = namesake?.name ?? { given: random.pick(givenNames), family }
      people.push({ name, ...contact(name, number), household, building: namesake?.building ?? building })
    }
  }
  return people
}

function contact(name: Name, number: number) {
  const letters = (text: string) =>
    withoutAccents(text)
      .toLowerCase()
      .replace(/[^a-z]/g, '')
  return {
    emailAddress: `${letters(name.given)}.${letters(name.family)}${number}@example.com`,
    phoneNumber: `+1555${2_000_000 + ((number * 7919) % 7_000_000)}`,
  }
}

/** A person in one to three of the systems; half of that is linked already. */
function drawAcsUsers(random: Random, people: Person[], number: number): LabelledAcsUser[] {
  const systems = random.shuffled([0, 1, 2, 3, 4]).slice(0, random.integer(1, 3))
  return systems.map((system) => {
    const person = people[number]
    if (!person) throw new Error('There is no such person.')
    const relative = people[random.pick(person.household)] ?? person
    const phoneNumber = drawPhone(random, person, relative, number)
    return {
      truth: number,
      system,
      isLinked: random.chance(0.5),
      fullName: drawWrittenName(random, person.name),
      emailAddress: drawEmail(random, person, relative, number),
      phoneNumber,
      phoneNumberE164: readPhoneNumber(phoneNumber),
      building: random.chance(0.6) ? person.building : null,
    }
  })
}

function drawWrittenName(random: Random, name: Name): string | null {
  const whole = fullName(name)
  const share = random.integer(1, 100)
  if (share <= 55) return whole
  if (share <= 63) return withoutAccents(whole).toUpperCase()
  if (share <= 90) return respelt(name, random)
  if (share <= 94) return `${name.given.charAt(0)}. ${name.family}`
  if (share <= 96) return name.family
  if (share <= 97) return `${name.given} ${drawName(random).family}`
  return null
}

function drawEmail(random: Random, person: Person, relative: Person, number: number): string | null {
  if (random.chance(0.25)) return null
  const share = random.integer(1, 100)
  const [local = '', domain = ''] = person.emailAddress.split('@')
  if (share <= 78) return random.chance(0.2) ? person.emailAddress.toUpperCase() : person.emailAddress
  if (share <= 82) return `${local}+home@${domain}`
  if (share <= 84) return `${local.replace('.', '')}@${domain}`
  if (share <= 88) return `${local.slice(0, -1)}x@${domain}`
  if (share <= 93) return `work${number}@example.org`
  return relative.emailAddress
}

function drawPhone(random: Random, person: Person, relative: Person, number: number): string | null {
  // Who has neither name nor email has a phone number at least.
  if (random.chance(0.35)) return null
  const share = random.integer(1, 100)
  if (share <= 85) return writtenPhoneNumber(person.phoneNumber, random)
  if (share <= 92) return writtenPhoneNumber(`+1555${9_100_000 + (number % 900_000)}`, random)
  return writtenPhoneNumber(relative.phoneNumber, random)
}

/** Somebody who has no identity: gone long ago, or no person at all. */
function drawStranger(random: Random, number: number): LabelledAcsUser {
  const name = drawName(random)
  const { emailAddress, phoneNumber } = contact(name, number)
  const isService = random.chance(0.2)
  const written = !isService && random.chance(0.5) ? writtenPhoneNumber(phoneNumber, random) : null
  return {
    truth: null,
    system: random.integer(0, systemCount - 1),
    isLinked: false,
    fullName: isService ? `${random.pick(services)} ${random.integer(1, 99)}` : fullName(name),
    emailAddress: !isService && random.chance(0.7) ? emailAddress : null,
    phoneNumber: written,
    phoneNumberE164: readPhoneNumber(written),
    building: null,
  }
}
