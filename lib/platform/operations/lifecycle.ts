// Next's bundle and the server entry each load their own copy of this module.
const holder = globalThis as unknown as { [key: symbol]: boolean | undefined }
const key = Symbol.for('keyholder.stopping')

/** Has the process answer from now on that it is not ready, so that no more is sent to it. */
export function beginStopping(): void {
  holder[key] = true
}

/** Whether the process was asked to stop. */
export function isStopping(): boolean {
  return holder[key] === true
}
