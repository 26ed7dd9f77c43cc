import { AsyncLocalStorage } from 'node:async_hooks'
import process from 'node:process'

/** @typedef {(text: string | Buffer) => void} Write */

/** @type {AsyncLocalStorage<Write>} */
const current = new AsyncLocalStorage()

/** Writes to the output of the step that the caller belongs to; undefined outside of steps. */
export function stepOutput() {
  return current.getStore()
}

/** Prints a line as output of the step that the caller belongs to. @param {string} line */
export function say(line) {
  const write = current.getStore() ?? ((/** @type {string | Buffer} */ text) => process.stdout.write(text))
  write(`${line}\n`)
}

/**
 * Keeps apart the output of steps that run at the same time. The step that began first is shown as it goes;
 * the others are shown after it, one by one.
 *
 * @param {Write} show
 */
export function createOutputQueue(show) {
  /** @type {{ held: (string | Buffer)[], isDone: boolean }[]} */
  const queue = []
  const showFirst = () => {
    for (;;) {
      for (const text of queue[0]?.held.splice(0) ?? []) show(text)
      if (!queue[0]?.isDone) return
      queue.shift()
    }
  }
  return {
    /**
     * Runs a step whose output has a place of its own.
     *
     * @template Result
     * @param {() => Promise<Result>} run
     * @returns {Promise<Result>}
     */
    async run(run) {
      const entry = { held: /** @type {(string | Buffer)[]} */ ([]), isDone: false }
      queue.push(entry)
      /** @type {Write} */
      const write = (text) => {
        entry.held.push(text)
        showFirst()
      }
      try {
        return await current.run(write, run)
      } finally {
        entry.isDone = true
        showFirst()
      }
    },
  }
}
