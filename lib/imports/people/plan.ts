import type { ColumnMapping, RowProblem } from '@/db/schema/imports'
import { characteristicsSchema, displayName, type IdentityCharacteristics } from '@/lib/people/identities/identity'
import { fieldNames, type RowPlan } from '../import'
import { cellReader, type RowAction } from '../read-row'
import type { Claim } from '../rows'

/** What a row says. */
export type ReadRow = {
  action: RowAction | null
  /** Normalised; what the row leaves blank is left out. */
  characteristics: Partial<Record<keyof IdentityCharacteristics, string>>
  problems: RowProblem[]
}

/** A person whom a row may be about. */
export type KnownPerson = IdentityCharacteristics & { userIdentityId: string }

/** The people who have a row's identifiers now. */
export type FoundPeople = Partial<Record<Identifier, KnownPerson>>

/** What is to become of a row. */
export type PlannedPerson = {
  plan: RowPlan
  /** Whom it is about; null for somebody new, or nobody. */
  person: KnownPerson | null
  /** What is to be written: what belongs to somebody else is left out. */
  characteristics: ReadRow['characteristics']
  changes: Record<string, { from: string | null; to: string | null }>
  problems: RowProblem[]
}

/** The characteristics by which a person is found, the strongest first. */
const identifiers = ['user_identity_key', 'email_address', 'phone_number'] as const

type Identifier = (typeof identifiers)[number]

const fieldWords: Record<Identifier, string> = {
  user_identity_key: 'key',
  email_address: 'email address',
  phone_number: 'phone number',
}

/** Whether two values of an identifier are the same: email addresses compare without case. */
function isSame(identifier: Identifier, one: string | null | undefined, other: string | null | undefined): boolean {
  if (!one || !other) return false
  return identifier === 'email_address' ? one.toLowerCase() === other.toLowerCase() : one === other
}

/** Gives a reader of rows whose columns hold these fields. */
export function rowReader(mapping: ColumnMapping, columnCount: number, defaultCountry: string) {
  const schema = characteristicsSchema(defaultCountry)
  const readCells = cellReader(mapping, columnCount, defaultCountry)
  return (cells: string[]): ReadRow => {
    const { action, written, problems } = readCells(cells)
    const parsed = schema.safeParse(written)
    if (!parsed.success) {
      for (const issue of parsed.error.issues) {
        problems.push({ field: String(issue.path[0] ?? 'full_name'), message: issue.message })
      }
      return { action, characteristics: {}, problems }
    }
    const characteristics = Object.fromEntries(Object.entries(parsed.data).filter(([, value]) => value))
    if (problems.length === 0 && !identifiers.some((identifier) => characteristics[identifier])) {
      problems.push({
        field: null,
        message:
          'Enter a user identity key, an email address or a phone number. By a name alone nobody is found, and a second import would create this person again.',
      })
    }
    return { action, characteristics, problems }
  }
}

/**
 * Decides what is to become of a row: whom it is about is told by the key, else by the email address,
 * else by the phone number. It is a conflict where that is in doubt: where its identifiers point to
 * different people, or where a weaker identifier points to somebody whose stronger one is another.
 */
export function planRow(row: ReadRow, found: FoundPeople): PlannedPerson {
  const { action, characteristics } = row
  const refused = (...problems: RowProblem[]): PlannedPerson => ({
    ...{ plan: 'refused', person: null, characteristics, changes: {} },
    problems: [...row.problems, ...problems],
  })
  if (row.problems.length > 0) return refused()

  const by = identifiers.find((identifier) => found[identifier])
  const person = by && found[by]
  if (!person) {
    if (action === 'create' || action === null) {
      const changes = changesTo(null, characteristics)
      return { plan: 'create', person: null, characteristics, changes, problems: [] }
    }
    const problem = `Nobody has ${wordsOf(characteristics)}, so there is nobody to ${action}.`
    return refused({ field: 'action', message: problem })
  }
  const name = displayName(person)
  if (action === 'create') {
    return refused({ field: by, message: `“${name}” already has this ${fieldWords[by]}.` })
  }
  const doubts = [...whoElse(found, person), ...whatElse(by, characteristics, person)]
  if (action === 'remove') {
    if (doubts.length > 0) return refused(...doubts)
    return { plan: 'remove', person, characteristics, changes: {}, problems: [] }
  }
  const written = Object.fromEntries(
    Object.entries(characteristics).filter(([field]) => isPersons(found[field as Identifier], person)),
  )
  const changes = changesTo(person, written)
  if (doubts.length > 0) return { plan: 'conflict', person, characteristics: written, changes, problems: doubts }
  const plan = Object.keys(changes).length > 0 ? 'update' : 'unchanged'
  return { plan, person, characteristics: written, changes, problems: [] }
}

const isPersons = (holder: KnownPerson | undefined, person: KnownPerson) =>
  !holder || holder.userIdentityId === person.userIdentityId

/** The row's identifiers that belong to others than the person. */
function whoElse(found: FoundPeople, person: KnownPerson): RowProblem[] {
  return identifiers.flatMap((field) => {
    const holder = found[field]
    if (!holder || isPersons(holder, person)) return []
    const message = `This ${fieldWords[field]} belongs to “${displayName(holder)}”, but the row is about “${displayName(person)}”.`
    return [{ field, message }]
  })
}

/** The person's identifiers, stronger than the one that found them, that are others than the row's. */
function whatElse(by: Identifier, characteristics: ReadRow['characteristics'], person: KnownPerson): RowProblem[] {
  return identifiers.slice(0, identifiers.indexOf(by)).flatMap((field) => {
    const [theirs, ours] = [person[field], characteristics[field]]
    if (!theirs || !ours || isSame(field, theirs, ours)) return []
    const message = `The ${fieldWords[by]} belongs to “${displayName(person)}”, whose ${fieldWords[field]} is ${theirs}.`
    return [{ field, message }]
  })
}

function wordsOf(characteristics: ReadRow['characteristics']): string {
  return identifiers
    .filter((field) => characteristics[field])
    .map((field) => `this ${fieldWords[field]}`)
    .join(' or ')
}

/** Field by field, what a row changes of a person; of somebody new, all that it says. */
function changesTo(
  person: IdentityCharacteristics | null,
  characteristics: ReadRow['characteristics'],
): PlannedPerson['changes'] {
  return Object.fromEntries(
    Object.entries(characteristics)
      .map(([field, to]) => [field, { from: person?.[field as keyof IdentityCharacteristics] ?? null, to }] as const)
      .filter(([, { from, to }]) => from !== to),
  )
}

/** Whether a person, as they are now, is still the one whom a row is about. */
export function isStillMeant(person: IdentityCharacteristics, characteristics: ReadRow['characteristics']): boolean {
  return identifiers.some((field) => isSame(field, person[field], characteristics[field]))
}

/** By what a row claims its person for itself among the rows of its file. */
export function claimsOf({ person, characteristics }: PlannedPerson): Claim[] {
  const claims: Claim[] = identifiers.flatMap((field) => {
    const value = characteristics[field]
    if (!value) return []
    const claim = `${field}:${field === 'email_address' ? value.toLowerCase() : value}`
    return [{ claim, field, words: `has the same ${fieldNames[field].toLowerCase()}` }]
  })
  if (person) {
    claims.push({ claim: `person:${person.userIdentityId}`, field: null, words: 'is about the same person' })
  }
  return claims
}
