import { chmodSync, lstatSync, mkdirSync, readdirSync, realpathSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { isMainThread } from 'node:worker_threads'

/** What a mode grants to other users of the machine. */
const othersBits = 0o077
const stickyBit = 0o1000

/** Other users of the machine can read or write the data folder, and that could not be changed. */
export class DataFolderNotPrivate extends Error {}

/** Keeps all that this process creates from now on to its own user. */
export function keepNewFilesPrivate(): void {
  // A worker thread shares its process's mask, and may not set it.
  if (isMainThread) process.umask(othersBits)
}

/**
 * Makes a folder, if need be, that only this process's user can enter.
 *
 * @throws DataFolderNotPrivate where all users share it, or its mode cannot be changed.
 */
export function makeFolderPrivate(folder: string): void {
  keepNewFilesPrivate()
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const root = realpathSync(folder)
  if (lstatSync(root).mode & stickyBit) throw new DataFolderNotPrivate(sharedByAll(folder))
  orNotPrivate(folder, () => withdraw(root))
}

/**
 * Takes away what other users may do with the files of a folder: older versions made them for everybody. Nothing
 * else may write there meanwhile.
 *
 * @throws DataFolderNotPrivate where the file system or the owner of a file does not permit that.
 */
export function makeContentsPrivate(folder: string): void {
  const root = realpathSync(folder)
  const database = join(root, 'postgres')
  orNotPrivate(folder, () => {
    withdrawAll(root)
    // The database may lie on another disk, behind a link.
    if (lstatSync(database, { throwIfNoEntry: false })?.isSymbolicLink()) withdrawAll(realpathSync(database))
  })
}

function withdrawAll(folder: string): void {
  withdraw(folder)
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) withdrawAll(path)
    else if (entry.isFile()) withdraw(path)
  }
}

function withdraw(path: string): void {
  // Gone meanwhile, such as a copy that a backup was made of.
  const mode = lstatSync(path, { throwIfNoEntry: false })?.mode ?? 0
  // Windows has no such modes.
  if (process.platform === 'win32' || (mode & othersBits) === 0) return
  chmodSync(path, mode & 0o7777 & ~othersBits)
  // Some file systems take a mode and do not keep it.
  if (lstatSync(path).mode & othersBits) throw new Error(`the file system does not keep the mode of ${path}`)
}

function orNotPrivate(folder: string, make: () => void): void {
  try {
    make()
  } catch (error) {
    throw new DataFolderNotPrivate(notPermitted(folder, error as Error))
  }
}

function sharedByAll(folder: string): string {
  return `DATA_DIR is ${resolve(folder)}, a folder that all users of this machine share. Choose a folder inside it.`
}

function notPermitted(folder: string, { message }: Error): string {
  return (
    `Other users of this machine can read the data folder ${resolve(folder)}, and Keyholder could not change that (${message}). ` +
    `Make its files belong to the user that runs Keyholder, then run: chmod -R go-rwx ${resolve(folder)}`
  )
}
