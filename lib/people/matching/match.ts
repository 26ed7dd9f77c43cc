import { compareNames, type NameAgreement } from '../names/names'

/** What an ACS user tells of the person that it stands for. */
export type MatchingAcsUser = {
  fullName: string | null
  emailAddress: string | null
  phoneNumberE164: string | null
  /** Names of its access groups. */
  accessGroups: string[]
}

/** What a user identity tells of the same. */
export type MatchingIdentity = {
  fullName: string | null
  emailAddress: string | null
  /** E.164. */
  phoneNumber: string | null
  userIdentityKey: string | null
  /** Names of the access groups of the ACS users that it has already. */
  accessGroups: string[]
}

/** `variant`: equal but for a +tag or dots before the @, which some providers ignore and others do not. */
type ValueAgreement = 'same' | 'variant' | 'different' | 'unknown'

/** What agrees between an ACS user and an identity, and what does not. */
export type MatchEvidence = {
  email: ValueAgreement
  phone: ValueAgreement
  hasKey: boolean
  name: NameAgreement
  sharedGroups: string[]
}

/** Compares what an ACS user and an identity tell. */
export function compare(acsUser: MatchingAcsUser, identity: MatchingIdentity): MatchEvidence {
  const { userIdentityKey } = identity
  const groups = new Set(identity.accessGroups)
  return {
    email: compareEmails(acsUser.emailAddress, identity.emailAddress),
    phone: compareValues(acsUser.phoneNumberE164, identity.phoneNumber),
    // Keys are compared exactly. Who gives them to an access system writes them where a name or an email stands.
    hasKey:
      userIdentityKey !== null && (userIdentityKey === acsUser.emailAddress || userIdentityKey === acsUser.fullName),
    name: compareNames(acsUser.fullName, identity.fullName),
    sharedGroups: [...new Set(acsUser.accessGroups)].filter((name) => groups.has(name)).sort(),
  }
}

function compareValues(one: string | null, other: string | null): ValueAgreement {
  if (!one || !other) return 'unknown'
  return one === other ? 'same' : 'different'
}

function compareEmails(one: string | null, other: string | null): ValueAgreement {
  const same = compareValues(one?.toLowerCase() ?? null, other?.toLowerCase() ?? null)
  if (same !== 'different' || !one || !other) return same
  return plainEmail(one) === plainEmail(other) ? 'variant' : 'different'
}

/** An email address in lower case without +tag and dots before the @. `plainEmailOf` says the same in SQL. */
export function plainEmail(emailAddress: string): string {
  const [local = '', ...domain] = emailAddress.toLowerCase().split('@')
  return `${local.replace(/\+.*$/, '').replaceAll('.', '')}@${domain.join('@')}`
}

export const confidences = ['certain', 'likely', 'possible'] as const

/** How sure it is that an ACS user belongs to an identity. */
export type Confidence = (typeof confidences)[number]

const closeNames: NameAgreement[] = ['same', 'nickname', 'misspelt']
const otherNames: NameAgreement[] = ['renamed', 'relative', 'different']
const isClose = ({ name }: MatchEvidence) => closeNames.includes(name)
const isOther = ({ name }: MatchEvidence) => otherNames.includes(name)

/** How many unique values agree. */
function identifierCount({ email, phone, hasKey }: MatchEvidence): number {
  return Number(email === 'same') + Number(phone === 'same') + Number(hasKey)
}

/** Whether a value that only one person can have agrees. */
export function hasIdentifier(evidence: MatchEvidence): boolean {
  return identifierCount(evidence) > 0
}

/**
 * How sure a match is by itself, without regard to who else is like it; null where there is nothing to
 * go by. Certain needs a unique value that agrees, a name that agrees (or a second such value, where
 * there is none to compare), and nothing that contradicts: households share an email address or a phone
 * number, so that alone is not enough.
 */
export function confidenceOf(evidence: MatchEvidence): Confidence | null {
  const { name } = evidence
  const sharesGroup = evidence.sharedGroups.length > 0
  const identifiers = identifierCount(evidence)
  const contradictions = Number(evidence.email === 'different') + Number(evidence.phone === 'different')
  if (identifiers > 0) {
    if (name === 'renamed' && contradictions === 0) return 'likely'
    if (isOther(evidence)) return 'possible'
    if (isClose(evidence)) return contradictions === 0 ? 'certain' : 'likely'
    if (contradictions > 0) return name === 'unknown' ? 'possible' : 'likely'
    return identifiers > 1 ? 'certain' : 'likely'
  }
  if (evidence.email === 'variant') {
    if (isOther(evidence)) return null
    return isClose(evidence) && contradictions === 0 ? 'likely' : 'possible'
  }
  if (isClose(evidence)) {
    if (contradictions === 0) return 'likely'
    // People have several addresses and numbers: one that differs does not speak against the very same name.
    if (contradictions === 1) return name === 'same' || sharesGroup ? 'likely' : 'possible'
    return name === 'same' ? 'possible' : null
  }
  if (contradictions > 0) return null
  if (name === 'initials') return sharesGroup ? 'likely' : 'possible'
  return name === 'doubtful' ? 'possible' : null
}

/** An ACS user of the same access system that nobody holds and that matches the same identity. */
export type Rival = { acsUserId: string; displayName: string; reasons: string[] }

/** An identity that an ACS user may belong to, as it is looked up. */
export type Candidate = MatchingIdentity & {
  userIdentityId: string
  /** The name of the ACS user that it has in that access system already: rule 2 forbids a second one. */
  linkedAcsUserName: string | null
  /** Other unlinked ACS users of that access system that tell the same of themselves. */
  rivals: (MatchingAcsUser & { acsUserId: string; displayName: string })[]
}

/** A candidate with what speaks for it. */
export type Match<Found extends Candidate = Candidate> = {
  candidate: Found
  evidence: MatchEvidence
  /** Null where the match is none that may be proposed: the identity is taken in that access system. */
  confidence: Confidence | null
  /** Who else claims this identity in that access system; only one of them can have it. */
  claimedBy: Rival[]
}

/**
 * The identities that an ACS user may belong to, surest first; those that are taken come last. Whoever is
 * as like it as another lowers that other: of two namesakes neither is likely, and of two people who
 * share the ACS user's values neither is certain.
 */
export function rankMatches<Found extends Candidate>(acsUser: MatchingAcsUser, candidates: Found[]): Match<Found>[] {
  const likenesses = candidates.flatMap((candidate) => {
    const evidence = compare(acsUser, candidate)
    const alone = confidenceOf(evidence)
    return alone ? [{ candidate, evidence, alone }] : []
  })
  const matches = likenesses.map(({ candidate, evidence, alone }): Match<Found> => {
    const others = likenesses.filter((other) => other.candidate !== candidate).map((other) => other.evidence)
    const claimedBy = claims(candidate, alone)
    if (candidate.linkedAcsUserName !== null) return { candidate, evidence, confidence: null, claimedBy: [] }
    let confidence = isDoubtedBy(evidence, others) ? lower(alone) : alone
    if (claimedBy.length > 0) confidence = lower(confidence)
    return { candidate, evidence, confidence, claimedBy }
  })
  return matches.sort(
    (one, other) =>
      compareRanks(one, other) || (one.candidate.userIdentityId < other.candidate.userIdentityId ? -1 : 1),
  )
}

/** Whether some other candidate makes this one less sure. */
function isDoubtedBy(evidence: MatchEvidence, others: MatchEvidence[]): boolean {
  if (hasIdentifier(evidence)) {
    return others.some(
      (other) => (hasIdentifier(other) && !isOther(other)) || (other.name === 'same' && evidence.name !== 'same'),
    )
  }
  if (others.some((other) => hasIdentifier(other) && !isOther(other))) return true
  // Namesakes: one of them may be told apart by the access groups of their other ACS users.
  const namesakes = others.filter((other) => nameRank(other) <= nameRank(evidence))
  return (
    namesakes.length > 0 &&
    !(evidence.sharedGroups.length > 0 && namesakes.every((one) => one.sharedGroups.length === 0))
  )
}

const nameRank = ({ name }: Pick<MatchEvidence, 'name'>) => (name === 'same' ? 0 : closeNames.includes(name) ? 1 : 2)

const lower = (confidence: Confidence): Confidence => (confidence === 'certain' ? 'likely' : 'possible')

const isAsSure = (one: Confidence, other: Confidence) => confidences.indexOf(one) <= confidences.indexOf(other)

function claims(candidate: Candidate, alone: Confidence): Rival[] {
  return candidate.rivals.flatMap((rival) => {
    const evidence = compare(rival, candidate)
    const confidence = confidenceOf(evidence)
    return confidence !== null && isAsSure(confidence, alone) && confidence !== 'possible'
      ? [{ acsUserId: rival.acsUserId, displayName: rival.displayName, reasons: matchReasons(evidence) }]
      : []
  })
}

type Ranked = { evidence: MatchEvidence; confidence: Confidence | null }

function compareRanks(one: Ranked, other: Ranked): number {
  const rank = ({ confidence }: Ranked) => (confidence ? confidences.indexOf(confidence) : confidences.length)
  return (
    rank(one) - rank(other) ||
    identifierCount(other.evidence) - identifierCount(one.evidence) ||
    nameRank(one.evidence) - nameRank(other.evidence) ||
    other.evidence.sharedGroups.length - one.evidence.sharedGroups.length
  )
}

/**
 * The ACS users that nobody holds and that may belong to an identity, surest first. Of two in one access
 * system that are as like it, neither is as sure as it would be alone.
 */
export function rankAcsUsers<Found extends MatchingAcsUser & { acsUserId: string; acsSystemId: string }>(
  identity: MatchingIdentity,
  found: Found[],
): { acsUser: Found; evidence: MatchEvidence; confidence: Confidence }[] {
  const likenesses = found.flatMap((acsUser) => {
    const evidence = compare(acsUser, identity)
    const alone = confidenceOf(evidence)
    return alone ? [{ acsUser, evidence, alone }] : []
  })
  return likenesses
    .map(({ acsUser, evidence, alone }) => {
      const isClaimed = likenesses.some(
        (other) =>
          other.acsUser !== acsUser &&
          other.acsUser.acsSystemId === acsUser.acsSystemId &&
          isAsSure(other.alone, alone) &&
          other.alone !== 'possible',
      )
      return { acsUser, evidence, confidence: isClaimed ? lower(alone) : alone }
    })
    .sort((one, other) => compareRanks(one, other) || (one.acsUser.acsUserId < other.acsUser.acsUserId ? -1 : 1))
}

const nameReasons: Partial<Record<NameAgreement, string>> = {
  same: 'same name',
  nickname: 'nickname',
  misspelt: 'similar name',
  initials: 'same initials',
  doubtful: 'close name',
}

/** Why somebody may be the same person, in words, strongest reason first. */
export function matchReasons({ email, phone, hasKey, name, sharedGroups }: MatchEvidence): string[] {
  const reason = nameReasons[name]
  return [
    ...(hasKey ? ['same key'] : []),
    ...(email === 'same' ? ['same email'] : []),
    ...(phone === 'same' ? ['same phone'] : []),
    ...(email === 'variant' ? ['same email but for a tag or dots'] : []),
    ...(reason ? [reason] : []),
    ...(sharedGroups.length > 0 ? ['same access group'] : []),
  ]
}

/** What speaks against it, in words. */
export function matchDifferences({ email, phone, name }: MatchEvidence): string[] {
  return [
    ...(name === 'renamed' ? ['another family name'] : []),
    ...(name === 'relative' ? ['another given name'] : []),
    ...(name === 'different' ? ['another name'] : []),
    ...(email === 'different' ? ['another email'] : []),
    ...(phone === 'different' ? ['another phone'] : []),
  ]
}
