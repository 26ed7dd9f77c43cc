/** How long ago a replica may have known all that was committed, to be read from: less than the changes of who reads are remembered. */
export const freshMilliseconds = 10_000
const measureEveryMilliseconds = 1000

/**
 * How far a replica is behind, by where the primary's log ended at several moments: the replica knows all
 * that was committed before the newest of them whose place it has replayed. Neither server's clock is asked.
 */
export class ReplicaLag {
  #measuredAt = Number.NEGATIVE_INFINITY
  #freshAt = Number.NEGATIVE_INFINITY
  #written: { at: number; position: number }[] = []

  /**
   * Takes note of one measurement.
   *
   * @param at when it was begun, in milliseconds of any steady clock
   * @param written where the primary's log ended then
   * @param replayed up to where the replica has it; null for what is no replica
   */
  measured(at: number, written: number, replayed: number | null): void {
    this.#measuredAt = at
    if (replayed === null) {
      this.#freshAt = Number.NEGATIVE_INFINITY
      return
    }
    this.#written.push({ at, position: written })
    const known = this.#written.findLast(({ position }) => position <= replayed)
    this.#freshAt = known?.at ?? Number.NEGATIVE_INFINITY
    // What came before it is of no more use, nor is what is too old to count.
    this.#written = this.#written.filter((moment) => moment.at >= (known?.at ?? at - freshMilliseconds))
  }

  /** Does not rely on it until it is measured again. @param measuredAt when measuring it failed, if that is why */
  distrust(measuredAt = this.#measuredAt): void {
    this.#measuredAt = measuredAt
    this.#freshAt = Number.NEGATIVE_INFINITY
  }

  isFresh(now: number): boolean {
    return now - this.#freshAt <= freshMilliseconds
  }

  isMeasuredBefore(now: number): boolean {
    return now - this.#measuredAt >= measureEveryMilliseconds
  }
}
