import type { Name } from './names'
import type { Random } from './random'
import { withoutAccents } from './spelling'

const domains = ['example.com', 'example.com', 'example.com', 'example.org', 'example.net']
const staffDomain = 'harborview.example'

// Area codes in use; every number is of the block that is set aside for fiction (555-0100 to 555-0199).
const areaCodes = ['508', '516', '518', '551', '570', '571', '585', '503', '510', '561']

/** Gives out email addresses and phone numbers, each once. */
export function createContactDetails(random: Random, taken: Iterable<string>) {
  const used = new Set(taken)
  const unused = (make: () => string): string => {
    for (;;) {
      const value = make()
      if (used.has(value)) continue
      used.add(value)
      return value
    }
  }
  return {
    emailAddress: (name: Name, isStaff = false) => unused(() => emailAddress(name, isStaff, random)),
    phoneNumber: () => unused(() => (random.chance(0.93) ? phoneNumber(random) : phoneNumberAbroad(random))),
  }
}

function emailAddress(name: Name, isStaff: boolean, random: Random): string {
  const [given, family] = [letters(name.given), letters(name.family)]
  if (isStaff) return `${given}.${family}@${staffDomain}`
  const domain = random.pick(domains)
  const number = random.integer(2, 98)
  const local = random.pick([
    `${given}.${family}`,
    `${given}.${family}`,
    `${given}${family}`,
    `${given.charAt(0)}${family}`,
    `${given}_${family}`,
    `${given}.${family.charAt(0)}${number}`,
    `${family}.${given}`,
  ])
  return `${local}@${domain}`
}

const letters = (text: string) =>
  withoutAccents(text)
    .toLowerCase()
    .replace(/[^a-z]/g, '')

const digits = (random: Random, count: number) => String(random.integer(0, 10 ** count - 1)).padStart(count, '0')

function phoneNumber(random: Random): string {
  if (random.chance(0.4)) return `+1555${random.integer(201, 219)}01${digits(random, 2)}`
  return `+1${random.pick(areaCodes)}55501${digits(random, 2)}`
}

// Blocks that the British, French and German regulators keep for fiction; Japan has none, so these
// begin as no subscriber's number does.
function phoneNumberAbroad(random: Random): string {
  return random.pick([
    `+447700900${digits(random, 3)}`,
    `+442079460${digits(random, 3)}`,
    `+33639980${digits(random, 3)}`,
    `+493023125${digits(random, 3)}`,
    `+81300000${digits(random, 3)}`,
  ])
}
