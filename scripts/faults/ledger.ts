/** A person of whom the server said what it had written. */
export type LedgerPerson = {
  userIdentityId: string
  key: string
  /** The name that was acknowledged last. */
  fullName: string
  updates: number
  acsUserIds: string[]
  isDeleted: boolean
}

/** All that was acknowledged, and what came instead of an acknowledgement. */
export class Ledger {
  readonly people = new Map<string, LedgerPerson>()
  acknowledged = 0
  /** Answers by what they were: a status and its error's type, or what broke. */
  readonly otherAnswers = new Map<string, number>()
  /** The longest that somebody waited for an answer, of whatever kind. */
  longestMilliseconds = 0

  count(answer: string, milliseconds: number): void {
    this.otherAnswers.set(answer, (this.otherAnswers.get(answer) ?? 0) + 1)
    this.longestMilliseconds = Math.max(this.longestMilliseconds, milliseconds)
  }
}
