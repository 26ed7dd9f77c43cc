import { chmodSync, constants, copyFileSync, lstatSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** What a file was when it was copied, as far as it shows that it has changed since. */
type Version = { size: bigint; inode: bigint; changedAt: bigint; isCertain: boolean }

/** Clocks of file systems are coarse: two changes within such a time, in nanoseconds, may bear the same moment. */
const coarseness = 2_000_000_000n

/**
 * A copy of a folder that is being written to, brought up to date time after time. Each time only those
 * files are copied that have changed. It is whole once that was done while nothing was written.
 */
export class FolderCopy {
  readonly #versions = new Map<string, Version>()

  constructor(
    readonly from: string,
    readonly to: string,
  ) {}

  /** Copies what has changed since the last time, everything at first. @returns how many bytes that were */
  update(): number {
    const found = new Set<string>()
    const bytes = this.#updateFolder('', found)
    for (const path of this.#versions.keys()) {
      if (found.has(path)) continue
      rmSync(join(this.to, path), { force: true })
      this.#versions.delete(path)
    }
    return bytes
  }

  #updateFolder(folder: string, found: Set<string>): number {
    mkdirSync(join(this.to, folder), { recursive: true, mode: 0o700 })
    let bytes = 0
    for (const entry of readdirSync(join(this.from, folder), { withFileTypes: true })) {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) bytes += this.#updateFolder(path, found)
      else if (entry.isFile()) bytes += unlessGone(() => this.#updateFile(path, found)) ?? 0
    }
    return bytes
  }

  #updateFile(path: string, found: Set<string>): number {
    const { size, ino, ctimeNs } = lstatSync(join(this.from, path), { bigint: true })
    const now = BigInt(Date.now()) * 1_000_000n
    const last = this.#versions.get(path)
    const isSame = last?.isCertain && last.size === size && last.inode === ino && last.changedAt === ctimeNs
    if (!isSame) {
      // Where the file system can, without copying a byte.
      copyFileSync(join(this.from, path), join(this.to, path), constants.COPYFILE_FICLONE)
      // A copy has its original's mode otherwise, and an older version made that for everybody.
      chmodSync(join(this.to, path), 0o600)
      this.#versions.set(path, { size, inode: ino, changedAt: ctimeNs, isCertain: now - ctimeNs > coarseness })
    }
    found.add(path)
    return isSame ? 0 : Number(size)
  }
}

/** How many bytes the files of a folder have. */
export function sizeOfFolder(folder: string): number {
  let bytes = 0
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const file = unlessGone(() => lstatSync(join(folder, path)))
    if (file?.isFile()) bytes += file.size
  }
  return bytes
}

/** The result, or undefined where a file has been removed meanwhile. */
function unlessGone<Result>(look: () => Result): Result | undefined {
  try {
    return look()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
