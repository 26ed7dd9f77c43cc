/** What agrees between a user identity and an ACS user. */
export type MatchEvidence = {
  sameEmail: boolean
  samePhone: boolean
  /** 0 to 1, by trigrams of the names without case and accents. */
  nameSimilarity: number
}

/** From here on two names are called similar; below it, they share too little to be worth a look. */
export const similarName = 0.45

/** Why somebody may be the same person, in words, strongest reason first. */
export function matchReasons(evidence: MatchEvidence): string[] {
  const reasons: string[] = []
  if (evidence.sameEmail) reasons.push('same email')
  if (evidence.samePhone) reasons.push('same phone')
  if (evidence.nameSimilarity >= 1) reasons.push('same name')
  else if (evidence.nameSimilarity >= similarName) reasons.push('similar name')
  return reasons
}
