import process from 'node:process'

/**
 * Calls back once the process that started this one has ended. npm passes a signal on to a shell
 * that does not pass it on to us: without this, `npm start` could be ended and its server stay.
 *
 * @param {() => void} callback
 */
export function whenParentEnds(callback) {
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    callback()
  }, 500)
  timer.unref()
}
