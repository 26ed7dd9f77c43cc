// Next's bundle and the server entry each load their own copy of this module.
const holder = globalThis as unknown as { [key: symbol]: WeakSet<Error> | undefined }
const key = Symbol.for('keyholder.logged-errors')
holder[key] ??= new WeakSet()
const logged = holder[key]

/** Says that the log has an error, so that it is not told a second time because a library printed it. */
export function markLogged(error: unknown): void {
  if (error instanceof Error) logged.add(error)
}

/** Whether the log has an error. */
export function isLogged(error: Error): boolean {
  return logged.has(error)
}
