import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A clock of one process that is set while it runs. Its timers go on as if nothing had happened, as on a real machine. */
export type MovableClock = {
  variables: Record<string, string>
  /** Moves it so many seconds away from the right time. */
  moveTo: (seconds: number) => void
  remove: () => void
}

/** A clock that is right at first; undefined where libfaketime is not installed (Debian: `faketime`). */
export function createMovableClock(): MovableClock | undefined {
  const library = findLibrary()
  if (!library) return undefined
  const folder = mkdtempSync(join(tmpdir(), 'keyholder-faults-clock-'))
  const file = join(folder, 'clock')
  const moveTo = (seconds: number) => writeFileSync(file, `${seconds < 0 ? '' : '+'}${seconds}s\n`)
  moveTo(0)
  return {
    variables: {
      ...{ LD_PRELOAD: library, FAKETIME_TIMESTAMP_FILE: file, FAKETIME_NO_CACHE: '1' },
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
    },
    moveTo,
    remove: () => rmSync(folder, { recursive: true }),
  }
}

function findLibrary(): string | undefined {
  const parents = existsSync('/usr/lib') ? readdirSync('/usr/lib').map((name) => join('/usr/lib', name)) : []
  return parents.map((parent) => join(parent, 'faketime', 'libfaketime.so.1')).find((file) => existsSync(file))
}
