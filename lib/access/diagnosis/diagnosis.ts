import { type AcsUserProblem, type AcsUserStanding, acsUserProblems } from '../acs-users/acs-user'
import { type Credential, type CredentialState, credentialState } from '../credentials/credential'
import type { AccessibleEntrance, EntranceReason } from '../entrances/entrance'
import { isKeptByHand } from '../system-rows/vendor'
import { type AccessSystem, accessSystemHealth } from '../systems/access-system'

/** All that decides whether one door opens for one person. */
export type DoorFacts = {
  door: Pick<AccessibleEntrance, 'acsEntranceId' | 'displayName' | 'unlocksWith'>
  system: Pick<AccessSystem, 'acsSystemId' | 'name' | 'externalType' | 'errors' | 'warnings'>
  /** The person's ACS user in the door's access system. */
  acsUser: (AcsUserStanding & { acsUserId: string; displayName: string; openTaskCount: number }) | null
  /** Without one: an unlinked ACS user there that is this person's for all that is known. */
  suggestion: { acsUserId: string; displayName: string } | null
  /** What gives that ACS user the door. */
  ways: EntranceReason[]
  /** All credentials of that ACS user. */
  credentials: DoorCredential[]
}

export type DoorCredential = Pick<
  Credential,
  'acsCredentialId' | 'accessMethod' | 'displayName' | 'startsAt' | 'endsAt' | 'isIssued' | 'errors'
>

/** Words with moments in them (ISO 8601), which whoever shows them writes in the reader's zone. */
export type Sentence = (string | { at: string })[]

/** What mends a broken link; whoever shows it has the button. */
export type Fix =
  | { kind: 'attach_acs_user'; acsSystemId: string; acsUserId: string; displayName: string }
  | { kind: 'create_acs_user'; acsSystemId: string }
  | { kind: 'unsuspend'; acsUserId: string; displayName: string }
  | { kind: 'change_schedule'; acsUserId: string; acsSystemId: string }
  | { kind: 'add_to_access_group'; acsUserId: string; acsEntranceId: string }
  | { kind: 'issue_credential'; acsUserId: string; acsSystemId: string; acsEntranceId: string }
  | { kind: 'extend_credential'; acsCredentialId: string; acsUserId: string; acsSystemId: string }
  | { kind: 'none' }

/** Why a door does not open, as a word of our own. */
export type Fault =
  | 'no_acs_user'
  | 'suspended'
  | 'schedule_not_begun'
  | 'schedule_over'
  | 'no_way'
  | 'no_credential'
  | 'credential_of_other_method'
  | `credential_${Exclude<CredentialState, 'active'>}`
  | 'system_unreachable'
  | 'reported_error'

export type Link = {
  name: 'acs_user' | 'suspension' | 'schedule' | 'way' | 'credential' | 'access_system' | 'reported_errors'
  /** `unknown`: nobody can say, as an earlier link is missing or nothing reports it. */
  state: 'ok' | 'broken' | 'unknown'
  /** What is so: the evidence of a link that holds, or what is wrong with one that is broken. */
  words: Sentence
  fault?: Fault
  /** For a broken one: what to do, in words and as a button. */
  remedy?: Sentence
  fix?: Fix
}

type BrokenLink = Link & { fault: Fault; remedy: Sentence; fix: Fix }

export type Diagnosis = {
  door: DoorFacts['door']
  system: DoorFacts['system']
  acsUserId: string | null
  links: Link[]
  /** The first broken link; null: everything on our side is in order. */
  verdict: BrokenLink | null
}

/** Walks from the person to the door and says of each link whether it holds. */
export function diagnose(facts: DoorFacts, now: Date): Diagnosis {
  const { acsUser } = facts
  const links: Link[] = [
    acsUserLink(facts),
    acsUser ? suspensionLink(acsUser, now) : unknown('suspension'),
    acsUser ? scheduleLink(facts, acsUser, now) : unknown('schedule'),
    acsUser ? wayLink(facts, acsUser) : unknown('way'),
    acsUser ? credentialLink(facts, acsUser, now) : unknown('credential'),
    accessSystemLink(facts),
    acsUser ? reportedErrorsLink(facts.system, acsUser, now) : unknown('reported_errors'),
  ]
  return {
    door: facts.door,
    system: facts.system,
    acsUserId: acsUser?.acsUserId ?? null,
    links,
    verdict: links.find(isBroken) ?? null,
  }
}

function isBroken(link: Link): link is BrokenLink {
  return link.state === 'broken'
}

const ok = (name: Link['name'], ...words: Sentence): Link => ({ name, state: 'ok', words })

function broken(name: Link['name'], fault: Fault, words: Sentence, remedy: Sentence, fix: Fix): BrokenLink {
  return { name, state: 'broken', fault, words, remedy, fix }
}

const unknown = (name: Link['name'], words = 'Cannot be said without an ACS user.'): Link => ({
  name,
  state: 'unknown',
  words: [words],
})

function acsUserLink({ acsUser, suggestion, system }: DoorFacts): Link {
  if (acsUser) return ok('acs_user', `${acsUser.displayName} in ${system.name}.`)
  const { acsSystemId } = system
  const words = [`There is no ACS user for this person in ${system.name}.`]
  if (suggestion) {
    return broken(
      'acs_user',
      'no_acs_user',
      words,
      [`Attach ${suggestion.displayName}, who is in ${system.name} and belongs to nobody yet.`],
      { kind: 'attach_acs_user', acsSystemId, ...suggestion },
    )
  }
  return broken('acs_user', 'no_acs_user', words, ['Create one, or attach one that is there already.'], {
    kind: 'create_acs_user',
    acsSystemId,
  })
}

type AcsUser = NonNullable<DoorFacts['acsUser']>

const problemOf = (acsUser: AcsUser, now: Date, ...codes: AcsUserProblem['code'][]) =>
  acsUserProblems(acsUser, now).find(({ code }) => codes.includes(code))

function suspensionLink(acsUser: AcsUser, now: Date): Link {
  if (!problemOf(acsUser, now, 'suspended')) return ok('suspension', 'Not suspended.')
  const { acsUserId, displayName } = acsUser
  return broken(
    'suspension',
    'suspended',
    [`${displayName} is suspended in this access system.`],
    ['Lift the suspension.'],
    { kind: 'unsuspend', acsUserId, displayName },
  )
}

function scheduleLink({ system }: DoorFacts, acsUser: AcsUser, now: Date): Link {
  const { acsUserId, accessStartsAt, accessEndsAt } = acsUser
  const fix: Fix = { kind: 'change_schedule', acsUserId, acsSystemId: system.acsSystemId }
  // A schedule that is over matters more than one that also has a beginning.
  if (accessEndsAt && problemOf(acsUser, now, 'access_ended')) {
    return broken(
      'schedule',
      'schedule_over',
      ['The access schedule ended ', { at: accessEndsAt }, '.'],
      ['Give it a later end.'],
      fix,
    )
  }
  if (accessStartsAt && problemOf(acsUser, now, 'access_not_begun')) {
    return broken(
      'schedule',
      'schedule_not_begun',
      ['The access schedule begins only ', { at: accessStartsAt }, '.'],
      ['Wait for it, or let it begin now.'],
      fix,
    )
  }
  if (accessEndsAt) return ok('schedule', 'Access until ', { at: accessEndsAt }, '.')
  if (accessStartsAt) return ok('schedule', 'Access since ', { at: accessStartsAt }, ', without an end.')
  return ok('schedule', 'Access at any time: there is no schedule.')
}

function wayLink({ door, ways }: DoorFacts, { acsUserId, displayName }: AcsUser): Link {
  if (ways.length > 0) return ok('way', `${ways.map(wayInWords).join('; ')}.`)
  return broken(
    'way',
    'no_way',
    [`Nothing gives ${displayName} the door “${door.displayName}”: no access group, no grant, no credential.`],
    ['Add them to an access group with this door, or give them this door alone.'],
    { kind: 'add_to_access_group', acsUserId, acsEntranceId: door.acsEntranceId },
  )
}

function wayInWords({ kind, name }: EntranceReason): string {
  if (kind === 'access_group') return `Access group ${name}`
  if (kind === 'grant') return 'Granted by itself'
  return `Credential ${name}, issued for this door`
}

/** The states of a credential that does not open, the nearest to opening first. */
const nearestFirst: CredentialState[] = ['active', 'expired', 'scheduled', 'pending', 'error']

function credentialLink({ door, system, ways, credentials }: DoorFacts, acsUser: AcsUser, now: Date): Link {
  const { acsUserId } = acsUser
  const { acsSystemId } = system
  const issue: Fix = { kind: 'issue_credential', acsUserId, acsSystemId, acsEntranceId: door.acsEntranceId }
  const forDoor = credentials.filter(({ acsCredentialId }) => isForDoor(acsCredentialId, ways))
  const fitting = forDoor.filter(({ accessMethod }) => takes(door, accessMethod))
  const candidates = fitting
    .map((credential) => ({ credential, state: credentialState(credential, now) }))
    .sort(
      (one, other) =>
        nearestFirst.indexOf(one.state) - nearestFirst.indexOf(other.state) ||
        (other.credential.endsAt ?? '').localeCompare(one.credential.endsAt ?? ''),
    )
  const [best] = candidates
  if (!best) {
    const [other] = forDoor
    if (other) {
      return broken(
        'credential',
        'credential_of_other_method',
        [`This door opens with ${methodsInWords(door.unlocksWith)}; there is only ${other.displayName}.`],
        ['Issue a credential that the door takes.'],
        issue,
      )
    }
    return broken(
      'credential',
      'no_credential',
      [`${acsUser.displayName} has no credential that would open this door.`],
      ['Issue one.'],
      issue,
    )
  }
  const { credential, state } = best
  const name = credential.displayName
  if (state === 'active') {
    if (credential.endsAt) return ok('credential', `${name}, valid until `, { at: credential.endsAt }, '.')
    return ok('credential', `${name}, valid without an end.`)
  }
  if (state === 'expired') {
    return broken(
      'credential',
      'credential_expired',
      [`${name} expired `, { at: credential.endsAt ?? '' }, '.'],
      ['Extend it, or issue another.'],
      { kind: 'extend_credential', acsCredentialId: credential.acsCredentialId, acsUserId, acsSystemId },
    )
  }
  if (state === 'scheduled') {
    return broken(
      'credential',
      'credential_scheduled',
      [`${name} is valid only from `, { at: credential.startsAt ?? '' }, '.'],
      ['Wait for it, or issue one that begins now.'],
      issue,
    )
  }
  if (state === 'pending') {
    return broken(
      'credential',
      'credential_pending',
      [`${name} is not issued yet: it is not on a phone, a card or a lock.`],
      ['Have them finish setting it up, or issue another.'],
      issue,
    )
  }
  return broken(
    'credential',
    'credential_error',
    [`${name} has an error: ${credential.errors[0]?.message}`],
    ['Issue another in its place.'],
    issue,
  )
}

/** A credential opens what its ACS user may open, and besides what it was issued for. */
function isForDoor(acsCredentialId: string, ways: EntranceReason[]): boolean {
  return ways.some(({ kind, id }) => kind !== 'credential' || id === acsCredentialId)
}

/** An access system that does not say what its door takes is not held against anything. */
function takes({ unlocksWith }: DoorFacts['door'], method: Credential['accessMethod']): boolean {
  return unlocksWith.length === 0 || unlocksWith.includes(method)
}

const methodWords: Record<Credential['accessMethod'], string> = {
  mobile_key: 'a mobile key',
  card: 'a card',
  code: 'a code',
}

/** “a mobile key, a card or a code”. */
function methodsInWords(methods: Credential['accessMethod'][]): string {
  const words = methods.map((method) => methodWords[method])
  return words.length > 1 ? `${words.slice(0, -1).join(', ')} or ${words.at(-1)}` : (words[0] ?? '')
}

function accessSystemLink({ system, acsUser }: DoorFacts): Link {
  if (isKeptByHand(system)) return panelLink(system, acsUser?.openTaskCount ?? 0)
  const health = accessSystemHealth(system)
  if (health === 'error') {
    const first = system.errors.reduce((one, other) => (other.created_at < one.created_at ? other : one))
    return broken(
      'access_system',
      'system_unreachable',
      [`${system.name} is not reachable since `, { at: first.created_at }, `. ${first.message}`],
      ['What is changed here reaches the doors only once it answers again. Tell whoever runs it.'],
      { kind: 'none' },
    )
  }
  if (health === 'warning') return ok('access_system', `Reachable, with a warning: ${system.warnings[0]?.message}`)
  return ok('access_system', `${system.name} reports no problem.`)
}

/** Of a system that's kept by hand, only people know what its panel holds: as much as they have ticked off. */
function panelLink({ name }: DoorFacts['system'], openTaskCount: number): Link {
  if (openTaskCount === 0) return ok('access_system', `Kept by hand: nothing waits to be programmed at ${name}.`)
  const waits = openTaskCount === 1 ? 'one change still waits' : `${openTaskCount} changes still wait`
  return unknown('access_system', `Kept by hand: ${waits} to be programmed at the panel of ${name}.`)
}

function reportedErrorsLink(system: DoorFacts['system'], acsUser: AcsUser, now: Date): Link {
  if (isKeptByHand(system)) return unknown('reported_errors', 'Kept by hand: it reports nothing by itself.')
  const problem = problemOf(acsUser, now, 'reported_by_access_system')
  if (!problem) return ok('reported_errors', 'The access system reports no error about them.')
  return broken(
    'reported_errors',
    'reported_error',
    [`${system.name} reports about ${acsUser.displayName}: ${problem.message}`],
    ['Put it right in the access system itself.'],
    { kind: 'none' },
  )
}
