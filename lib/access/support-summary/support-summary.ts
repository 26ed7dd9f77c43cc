import { type AcsUserStanding, acsUserProblems } from '../acs-users/acs-user'
import { type Credential, type CredentialState, credentialState } from '../credentials/credential'
import type { Diagnosis, Sentence } from '../diagnosis/diagnosis'
import { faultNames, inSentence } from '../diagnosis/fault-names'
import { groupDiagnoses } from '../diagnosis/groups'
import { countOfDoors } from '../entrances/entrance'
import { type AccessSystem, accessSystemHealth } from '../systems/access-system'

/** What a ticket says of a person. Neither codes nor card numbers are part of it. */
export type SummarizedPerson = {
  identity: {
    userIdentityId: string
    displayName: string
    emailAddress: string | null
    phoneNumber: string | null
    userIdentityKey: string | null
  }
  systems: {
    system: Pick<AccessSystem, 'name' | 'errors' | 'warnings'>
    acsUser: (AcsUserStanding & { acsUserId: string; displayName: string }) | null
  }[]
  entrances: { acsSystemId: string }[]
  credentials: Pick<
    Credential,
    'acsCredentialId' | 'accessMethod' | 'acsSystemName' | 'startsAt' | 'endsAt' | 'isIssued' | 'errors'
  >[]
  /** What is shown of doors: one, all, or none. */
  diagnoses: Diagnosis[]
}

/** A person and their access as plain text for a ticket, a fact a line; times are in UTC. */
export function supportSummary({ identity, systems, entrances, credentials, diagnoses }: SummarizedPerson, now: Date) {
  const contact = [identity.emailAddress, identity.phoneNumber].filter(Boolean).join(', ')
  const lines = [
    identity.displayName,
    `User identity: ${identity.userIdentityId}`,
    ...(identity.userIdentityKey ? [`Key: ${identity.userIdentityKey}`] : []),
    ...(contact ? [`Contact: ${contact}`] : []),
    '',
    'Access systems:',
    ...systems.map(({ system, acsUser }) => `- ${system.name}${health(system)}: ${acsUserLine(acsUser, now)}`),
    '',
    `Doors: ${countOfDoors(entrances)}`,
    '',
    credentials.length > 0 ? 'Credentials:' : 'Credentials: none',
    ...credentials.map((credential) => `- ${credentialLine(credential, now)}`),
    ...(diagnoses.length > 0 ? ['', 'Diagnosis:', ...diagnosisLines(diagnoses)] : []),
  ]
  return `${lines.join('\n')}\n\nAs of ${moment(now.toISOString())}`
}

/** “2026-11-30 09:05 UTC”. */
const moment = (at: string) => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`

const health = (system: Pick<AccessSystem, 'errors' | 'warnings'>) =>
  accessSystemHealth(system) === 'error' ? ' (not reachable)' : ''

function acsUserLine(acsUser: SummarizedPerson['systems'][number]['acsUser'], now: Date): string {
  if (!acsUser) return 'no ACS user'
  const problems = acsUserProblems(acsUser, now).map(({ label, message }) =>
    label === 'Error' ? `error: ${message}` : label.toLowerCase(),
  )
  const schedule = [
    ...(acsUser.accessStartsAt ? [`from ${moment(acsUser.accessStartsAt)}`] : []),
    ...(acsUser.accessEndsAt ? [`until ${moment(acsUser.accessEndsAt)}`] : []),
  ].join(' ')
  const parts = [acsUser.displayName, problems.join(', ') || 'active', schedule, acsUser.acsUserId]
  return parts.filter(Boolean).join(' · ')
}

const methodNames: Record<Credential['accessMethod'], string> = { mobile_key: 'Mobile key', card: 'Card', code: 'Code' }

const stateNames: Record<CredentialState, string> = {
  active: 'active',
  pending: 'not issued yet',
  scheduled: 'not begun',
  expired: 'expired',
  error: 'error',
}

function credentialLine(credential: SummarizedPerson['credentials'][number], now: Date): string {
  // What a credential is called may be its number: the method alone is told.
  const parts = [
    `${methodNames[credential.accessMethod]} in ${credential.acsSystemName}`,
    stateNames[credentialState(credential, now)],
    credential.endsAt && `until ${moment(credential.endsAt)}`,
    credential.acsCredentialId,
  ]
  return parts.filter(Boolean).join(' · ')
}

function diagnosisLines(diagnoses: SummarizedPerson['diagnoses']): string[] {
  const [first] = diagnoses
  if (first && diagnoses.length === 1) {
    const { door, system, verdict } = first
    const finding = verdict ? `${told(verdict)} ${inWords(verdict.remedy)}` : 'Everything on our side is in order.'
    return [`- ${door.displayName} in ${system.name} (${door.acsEntranceId}): ${finding}`]
  }
  const { open, shut } = groupDiagnoses(diagnoses)
  const count = (doors: number) => `- ${doors} ${doors === 1 ? 'door' : 'doors'}`
  return [
    ...(open.length > 0 ? [`${count(open.length)}: open`] : []),
    ...shut.map(
      ({ system, fault, doors }) => `${count(doors.length)} in ${system.name}: ${inSentence(faultNames[fault])}`,
    ),
  ]
}

/** A fault of a credential in its own word: the sentence about it has what it is called. */
function told(verdict: NonNullable<Diagnosis['verdict']>): string {
  return verdict.name === 'credential' ? `${faultNames[verdict.fault]}.` : inWords(verdict.words)
}

const inWords = (words: Sentence) => words.map((part) => (typeof part === 'string' ? part : moment(part.at))).join('')
