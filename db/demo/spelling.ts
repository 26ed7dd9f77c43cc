import { parsePhoneNumberFromString } from 'libphonenumber-js/min'
import { fullName, type Name } from './names'
import type { Random } from './random'

const shortForms: Record<string, string> = {
  Abigail: 'Abby',
  Alessandro: 'Sandro',
  Alexandra: 'Alex',
  Andrew: 'Drew',
  Benjamin: 'Ben',
  Christopher: 'Chris',
  Daniel: 'Dan',
  Elizabeth: 'Liz',
  Emily: 'Em',
  Francesca: 'Franca',
  Guadalupe: 'Lupe',
  Jennifer: 'Jen',
  Jonathan: 'Jon',
  Katherine: 'Kate',
  Małgorzata: 'Gosia',
  Margaret: 'Maggie',
  Matthew: 'Matt',
  Michael: 'Mike',
  Oleksandr: 'Sasha',
  Oluwaseun: 'Seun',
  Patrick: 'Pat',
  Priyanka: 'Priya',
  Rebecca: 'Becca',
  Robert: 'Rob',
  Samantha: 'Sam',
  Terrence: 'Terry',
  Thomas: 'Tom',
  Valentina: 'Vale',
  Victoria: 'Vicky',
  William: 'Will',
}

// Letters that Unicode does not take apart into a plain letter and an accent.
const plainLetters: Record<string, string> = { ø: 'o', Ø: 'O', ł: 'l', Ł: 'L', ß: 'ss', ı: 'i', đ: 'd', Đ: 'D' }

/** A text as somebody types it who has only the keys of an English keyboard. */
export function withoutAccents(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '')
    .replace(/[øØłŁßıđĐ]/g, (letter) => plainLetters[letter] ?? letter)
}

/** The same person's name as another system has it: shortened, without accents, swapped, misspelt. */
export function respelt(name: Name, random: Random): string {
  const plain = withoutAccents(fullName(name))
  const short = shortForms[name.given]
  const forms = [
    `${name.family} ${name.given}`,
    `${name.family}, ${name.given}`,
    `${name.given} ${random.pick([...'ABDEJKLMRST'])}. ${name.family}`,
    misspelt(fullName(name), random),
    ...(plain === fullName(name) ? [] : [plain, plain]),
    ...(short ? [`${short} ${name.family}`, `${short} ${name.family}`] : []),
  ]
  return random.pick(forms)
}

function misspelt(text: string, random: Random): string {
  // Not the first letter: nobody gets that one wrong.
  const position = random.integer(Math.floor(text.length / 2), text.length - 2)
  const [left, right] = [text.charAt(position), text.charAt(position + 1)]
  if (left === right) return text.slice(0, position) + text.slice(position + 1)
  if (!/^\p{Lowercase_Letter}{2}$/u.test(left + right)) return text.slice(0, -1)
  return random.chance(0.5)
    ? text.slice(0, position) + right + left + text.slice(position + 2)
    : text.slice(0, position) + left + text.slice(position)
}

const formatsOfUnitedStates = [
  (area: string, exchange: string, line: string) => `(${area}) ${exchange}-${line}`,
  (area: string, exchange: string, line: string) => `${area}.${exchange}.${line}`,
  (area: string, exchange: string, line: string) => `+1 ${area} ${exchange} ${line}`,
  (area: string, exchange: string, line: string) => `${area}${exchange}${line}`,
  (area: string, exchange: string, line: string) => `1-${area}-${exchange}-${line}`,
]

/** A number in one of the ways in which the access systems' staff have typed it. */
export function writtenPhoneNumber(e164: string, random: Random): string {
  const [, area, exchange, line] = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(e164) ?? []
  if (area && exchange && line) return random.pick(formatsOfUnitedStates)(area, exchange, line)
  return parsePhoneNumberFromString(e164)?.formatInternational() ?? e164
}

/** What a written number is in E.164, read as one of the United States unless it says otherwise. */
export function readPhoneNumber(written: string | null): string | null {
  const parsed = written ? parsePhoneNumberFromString(written, { defaultCountry: 'US', extract: false }) : undefined
  return parsed?.isPossible() && !parsed.ext ? parsed.number : null
}
