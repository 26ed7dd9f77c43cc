/**
 * What a runner needs to know of a step.
 *
 * @typedef {{ name: string, cores: number, after?: string[] }} Schedulable
 */

/**
 * Runs steps in their order, several at the same time where there are cores for them. A step waits for the steps in its
 * `after` that are being run too.
 *
 * @template {Schedulable} Step
 * @template Result
 * @param {Step[]} steps
 * @param {number} cores
 * @param {(step: Step) => Promise<Result>} run must not reject
 * @param {(result: Result) => boolean} [endsAll] whether this result keeps further steps from beginning
 * @returns {Promise<Result[]>} in the order of the steps
 */
export async function runSteps(steps, cores, run, endsAll = () => false) {
  /** @type {Map<Step, Result>} */
  const results = new Map()
  /** @type {Map<Step, Promise<void>>} */
  const running = new Map()
  let isEnding = false
  const isDone = (/** @type {string} */ name) => steps.every((step) => step.name !== name || results.has(step))
  const isFree = (/** @type {Step} */ step) =>
    running.size === 0 || [...running.keys()].reduce((sum, { cores }) => sum + cores, step.cores) <= cores
  for (;;) {
    for (const step of isEnding ? [] : steps) {
      if (results.has(step) || running.has(step) || !isFree(step) || !(step.after ?? []).every(isDone)) continue
      const finish = run(step).then((result) => {
        results.set(step, result)
        running.delete(step)
        isEnding ||= endsAll(result)
      })
      running.set(step, finish)
    }
    if (running.size === 0) break
    await Promise.race(running.values())
  }
  return steps.flatMap((step) => {
    const result = results.get(step)
    return result === undefined ? [] : [result]
  })
}
