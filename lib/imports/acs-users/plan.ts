import { z } from 'zod'
import type { ColumnMapping, RowProblem } from '@/db/schema/imports'
import { endsLater, profileFields } from '@/lib/access/acs-users/acs-user-input'
import { compareNames, type NameAgreement, nameWords } from '@/lib/people/names/names'
import { isUuid } from '@/lib/platform/input'
import { toE164 } from '@/lib/platform/phone-numbers/phone-number'
import { type DateReading, readMoment } from '../dates'
import { dateFields, type RowPlan } from '../import'
import { cellReader, type RowAction } from '../read-row'
import type { Claim } from '../rows'

/** What a row says of its ACS user, normalised; what it leaves blank is left out. */
export type SaidOfAcsUser = Partial<
  Record<
    | 'acs_user_id'
    | 'user_identity_key'
    | 'full_name'
    | 'email_address'
    | 'phone_number'
    | 'phone_number_e164'
    /** ISO 8601, UTC. */
    | 'access_starts_at'
    | 'access_ends_at'
    /** `true` or `false`. */
    | 'is_suspended'
    /** Names, with semicolons between them. */
    | 'access_groups',
    string
  >
>

/** What a row says. */
export type ReadRow = { action: RowAction | null; said: SaidOfAcsUser; problems: RowProblem[] }

/** An access group of the access system. */
export type KnownGroup = { acsAccessGroupId: string; name: string }

/** A person to whom an ACS user belongs, or may be attached. */
export type KnownPerson = { userIdentityId: string; displayName: string }

/** An ACS user whom a row may be about. */
export type KnownAcsUser = {
  acsUserId: string
  displayName: string
  fullName: string | null
  emailAddress: string | null
  phoneNumber: string | null
  phoneNumberE164: string | null
  accessStartsAt: string | null
  accessEndsAt: string | null
  isSuspended: boolean
  person: KnownPerson | null
  groups: KnownGroup[]
}

/** What is there of what a row speaks of. */
export type FoundForRow = {
  byId?: KnownAcsUser
  /** Who has the key of the row. */
  person?: KnownPerson
  /** The ACS user that this person has in the access system. */
  byPerson?: KnownAcsUser
  email_address: KnownAcsUser[]
  phone_number: KnownAcsUser[]
  /** By the names of the row, in lower case: the groups that are called so. */
  groups: Map<string, KnownGroup[]>
}

/** What is to become of a row. */
export type PlannedAcsUser = {
  plan: RowPlan
  acsUser: KnownAcsUser | null
  /** Who is to have it, where the row says so. */
  person: KnownPerson | null
  said: SaidOfAcsUser
  /** Which groups it is to be in; null where the row does not say. */
  groups: KnownGroup[] | null
  changes: Record<string, { from: string | null; to: string | null }>
  problems: RowProblem[]
}

const suspensions: Record<string, string> = {
  true: 'true',
  yes: 'true',
  1: 'true',
  false: 'false',
  no: 'false',
  0: 'false',
}

/** Gives a reader of rows whose columns hold these fields. */
export function rowReader(
  mapping: ColumnMapping,
  columnCount: number,
  { defaultCountry, dates }: { defaultCountry: string; dates: DateReading },
) {
  const schema = z.object(profileFields)
  const readCells = cellReader(mapping, columnCount, defaultCountry)
  return (cells: string[]): ReadRow => {
    const { action, written, problems } = readCells(cells)
    const { acs_user_id, user_identity_key, is_suspended, access_groups } = written
    const said: SaidOfAcsUser = {}
    const parsed = schema.safeParse(written)
    if (parsed.success) Object.assign(said, parsed.data)
    for (const { path, message } of parsed.error?.issues ?? []) problems.push({ field: String(path[0]), message })
    const phoneNumberE164 = said.phone_number && toE164(said.phone_number, defaultCountry)
    if (phoneNumberE164) said.phone_number_e164 = phoneNumberE164

    if (acs_user_id && isUuid(acs_user_id)) said.acs_user_id = acs_user_id.toLowerCase()
    else if (acs_user_id) problems.push({ field: 'acs_user_id', message: 'An ACS user ID is a UUID, as in an export.' })
    if (user_identity_key) said.user_identity_key = user_identity_key
    for (const field of dateFields) {
      const cell = written[field]
      if (!cell) continue
      const result = readMoment(cell, field === 'access_starts_at' ? 'start' : 'end', dates)
      if ('moment' in result) said[field] = result.moment
      else problems.push({ field, message: result.problem })
    }
    if (is_suspended) {
      const suspension = suspensions[is_suspended.toLowerCase()]
      if (suspension) said.is_suspended = suspension
      else problems.push({ field: 'is_suspended', message: 'Write true or false, or leave the cell blank.' })
    }
    if (access_groups) said.access_groups = access_groups
    if (problems.length === 0 && !identifiers.some((identifier) => said[identifier])) {
      problems.push({
        field: null,
        message:
          'Enter an email address, a phone number, a user identity key or an ACS user ID. By a name alone nobody is found, and a second import would create this ACS user again.',
      })
    }
    return { action, said, problems }
  }
}

const identifiers = ['acs_user_id', 'user_identity_key', 'email_address', 'phone_number'] as const

/** The names of the groups that a cell says, without blank ones. */
export function groupNames(cell: string): string[] {
  return [...new Set(cell.split(';').map((name) => name.trim()))].filter((name) => name !== '')
}

/**
 * Decides what is to become of a row: its ACS user is told by its ID, else by the person who has it, else
 * by the email address, else by the phone number. Families share the last two, so these find only whose
 * name agrees; where it does not, it is a conflict, or, with several, refused.
 */
export function planRow(row: ReadRow, found: FoundForRow): PlannedAcsUser {
  const { action, said } = row
  const refused = (...problems: RowProblem[]): PlannedAcsUser => ({
    ...{ plan: 'refused', acsUser: null, person: null, said, groups: null, changes: {} },
    problems: [...row.problems, ...problems],
  })
  if (row.problems.length > 0) return refused()
  if (said.acs_user_id && !found.byId) {
    return refused({ field: 'acs_user_id', message: 'The access system has no ACS user with this ID.' })
  }
  if (said.user_identity_key && !found.person) {
    return refused({ field: 'user_identity_key', message: 'Nobody has this key. Import the people first.' })
  }
  const person = found.person ?? null
  const groups = said.access_groups === undefined ? null : readGroups(said.access_groups, found.groups)
  if (groups && 'problem' in groups) return refused(groups.problem)

  const target = findAcsUser(row, found)
  if ('problem' in target) return refused(target.problem)
  const { acsUser, doubt } = target
  if (!acsUser) {
    if (action === 'update' || action === 'remove') {
      return refused({ field: 'action', message: `No ACS user is found for this row, so there is none to ${action}.` })
    }
    if (!said.full_name) {
      return refused({
        field: 'full_name',
        message: 'Enter the full name: no ACS user is found for this row, and a new one needs it.',
      })
    }
  } else if (action === 'create') {
    return refused({ field: 'action', message: `This is “${acsUser.displayName}”, who is there already.` })
  }
  if (action === 'remove') {
    if (doubt) return refused(doubt)
    return { plan: 'remove', acsUser, person: null, said, groups: null, changes: {}, problems: [] }
  }
  const taken = whyNotAttached(person, acsUser, found.byPerson)
  if (taken) return refused(taken)
  const [startsAt, endsAt] = [
    said.access_starts_at ?? acsUser?.accessStartsAt,
    said.access_ends_at ?? acsUser?.accessEndsAt,
  ]
  if (startsAt && endsAt && endsAt <= startsAt) return refused({ field: 'access_ends_at', message: endsLater.error })

  const planned = { acsUser, person, said, groups, changes: changesTo(acsUser, said, groups, person) }
  if (!acsUser) return { ...planned, plan: 'create', problems: [] }
  if (doubt) return { ...planned, plan: 'conflict', problems: [doubt] }
  return { ...planned, plan: Object.keys(planned.changes).length > 0 ? 'update' : 'unchanged', problems: [] }
}

/** Whether two names may be of one person, however they are written. */
const agreeing: NameAgreement[] = ['same', 'nickname', 'misspelt', 'initials', 'renamed', 'unknown']

type Target = { acsUser: KnownAcsUser | null; doubt: RowProblem | null } | { problem: RowProblem }

function findAcsUser({ action, said }: ReadRow, found: FoundForRow): Target {
  const sure = found.byId ?? found.byPerson
  if (sure) return { acsUser: sure, doubt: null }
  const isCalledSo = ({ fullName }: KnownAcsUser) => agreeing.includes(compareNames(said.full_name ?? null, fullName))
  const isNoOther = ({ emailAddress }: KnownAcsUser) =>
    !said.email_address || !emailAddress || emailAddress.toLowerCase() === said.email_address.toLowerCase()
  for (const field of ['email_address', 'phone_number'] as const) {
    // Who has the phone number with another name and email address is somebody else of the household.
    const holders = found[field].filter(
      (holder) => field === 'email_address' || isNoOther(holder) || isCalledSo(holder),
    )
    const called = holders.filter(isCalledSo)
    const [only] = called
    if (called.length === 1 && only) {
      const message = `This phone number is that of “${only.displayName}”, whose email address is ${only.emailAddress}.`
      return { acsUser: only, doubt: field === 'email_address' || isNoOther(only) ? null : { field, message } }
    }
    // Who is said to be new may share what others have.
    if (holders.length === 0 || (action === 'create' && called.length === 0)) continue
    const words = field === 'email_address' ? 'email address' : 'phone number'
    const [holder] = holders
    if (holders.length === 1 && holder) {
      const message = `This ${words} is that of “${holder.displayName}”.`
      return { acsUser: holder, doubt: { field, message } }
    }
    return {
      problem: {
        field,
        message: `${holders.length} ACS users have this ${words}: ${namesOf(holders)}. Give the ACS user ID of the one that is meant, or write create as the action of somebody new.`,
      },
    }
  }
  return { acsUser: null, doubt: null }
}

function namesOf(acsUsers: KnownAcsUser[]): string {
  const shown = acsUsers.slice(0, 3).map(({ displayName }) => `“${displayName}”`)
  return acsUsers.length > shown.length ? `${shown.join(', ')} and others` : shown.join(', ')
}

function readGroups(cell: string, known: FoundForRow['groups']): KnownGroup[] | { problem: RowProblem } {
  const groups: KnownGroup[] = []
  for (const name of groupNames(cell)) {
    const [group, ...others] = known.get(name.toLowerCase()) ?? []
    if (group && others.length === 0) {
      groups.push(group)
      continue
    }
    const message = group
      ? `The access system has several access groups that are called “${name}”, so it is not known which is meant.`
      : `The access system has no access group “${name}”. Between several, write a semicolon.`
    return { problem: { field: 'access_groups', message } }
  }
  return groups.sort((one, other) => one.name.localeCompare(other.name))
}

/** Why a person cannot have an ACS user, or a new one; null where they can, or have it. */
function whyNotAttached(
  person: KnownPerson | null,
  acsUser: KnownAcsUser | null,
  theirs: KnownAcsUser | undefined,
): RowProblem | null {
  if (!person) return null
  const field = 'user_identity_key'
  if (acsUser?.person && acsUser.person.userIdentityId !== person.userIdentityId) {
    const message = `“${acsUser.displayName}” is attached to “${acsUser.person.displayName}”, not to “${person.displayName}”. Detach it first.`
    return { field, message }
  }
  if (theirs && theirs.acsUserId !== acsUser?.acsUserId) {
    return { field, message: `“${person.displayName}” has “${theirs.displayName}” in this access system already.` }
  }
  return null
}

/** Field by field, what a row changes of an ACS user; of a new one, all that it says. */
function changesTo(
  acsUser: KnownAcsUser | null,
  said: SaidOfAcsUser,
  groups: KnownGroup[] | null,
  person: KnownPerson | null,
): PlannedAcsUser['changes'] {
  const inWords = (list: KnownGroup[]) => list.map(({ name }) => name).join('; ') || null
  const suspended = (isSuspended: boolean) => (isSuspended ? 'yes' : 'no')
  const compared: [field: string, from: string | null, to: string | null | undefined][] = [
    ['full_name', acsUser?.fullName ?? null, said.full_name],
    ['email_address', acsUser?.emailAddress ?? null, said.email_address],
    ['phone_number', acsUser?.phoneNumber ?? null, said.phone_number],
    ['access_starts_at', acsUser?.accessStartsAt ?? null, said.access_starts_at],
    ['access_ends_at', acsUser?.accessEndsAt ?? null, said.access_ends_at],
    [
      'is_suspended',
      suspended(acsUser?.isSuspended ?? false),
      said.is_suspended && suspended(said.is_suspended === 'true'),
    ],
    ['access_groups', inWords(acsUser?.groups ?? []), groups ? inWords(groups) : undefined],
    ['user_identity', acsUser?.person?.displayName ?? null, person?.displayName],
  ]
  return Object.fromEntries(
    compared.flatMap(([field, from, to]) => (to === undefined || from === to ? [] : [[field, { from, to }]])),
  )
}

/** By what a row claims its ACS user for itself among the rows of its file. */
export function claimsOf({ acsUser, person, said }: PlannedAcsUser): Claim[] {
  const claims: Claim[] = []
  if (acsUser) {
    claims.push({ claim: `acs_user:${acsUser.acsUserId}`, field: null, words: 'is about the same ACS user' })
  }
  if (person) {
    claims.push({
      claim: `person:${person.userIdentityId}`,
      field: 'user_identity_key',
      words: 'is about the same person',
    })
  }
  const name = nameWords(said.full_name ?? '')
    .sort()
    .join(' ')
  const [email, phone] = [said.email_address?.toLowerCase(), said.phone_number_e164 ?? said.phone_number]
  if (name && email) {
    claims.push({
      claim: `email:${email} ${name}`,
      field: 'email_address',
      words: 'has the same name and email address',
    })
  }
  if (name && phone && !email) {
    claims.push({ claim: `phone:${phone} ${name}`, field: 'phone_number', words: 'has the same name and phone number' })
  }
  return claims
}

/** Whether an ACS user, as it is now, is still the one whom a row is about. */
export function isStillMeant(
  acsUser: {
    acsUserId: string
    emailAddress: string | null
    phoneNumberE164: string | null
    userIdentityId: string | null
  },
  said: SaidOfAcsUser,
  userIdentityId: string | null,
): boolean {
  return (
    acsUser.acsUserId === said.acs_user_id ||
    (userIdentityId !== null && acsUser.userIdentityId === userIdentityId) ||
    (said.email_address !== undefined && acsUser.emailAddress?.toLowerCase() === said.email_address.toLowerCase()) ||
    (said.phone_number_e164 !== undefined && acsUser.phoneNumberE164 === said.phone_number_e164)
  )
}
