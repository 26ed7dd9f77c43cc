import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { tryLock } from 'fs-native-extensions'
import { makeContentsPrivate, makeFolderPrivate } from './private-files'

/** The data folder is another process's at present. */
export class DataFolderInUse extends Error {
  constructor(
    readonly folder: string,
    /** The number of its process, where it is known. */
    readonly holder: string,
  ) {
    super(
      `The data folder ${folder} is in use by another Keyholder process${holder ? ` (process ${holder})` : ''}. ` +
        'Stop that process first, choose another folder with DATA_DIR, or set DATABASE_URL to a PostgreSQL server that several processes may share.',
    )
  }
}

/**
 * Takes the data folder for this process alone, making it if need be. Two processes on one embedded
 * database lose rows silently, so the second is refused.
 *
 * @returns a function that gives the folder free again.
 * @throws DataFolderInUse that names the folder and its holder; DataFolderNotPrivate.
 */
export function lockDataFolder(folder: string): () => void {
  makeFolderPrivate(folder)
  const path = join(folder, 'keyholder.lock')
  const unlock = lockFile(path)
  if (!unlock) throw new DataFolderInUse(resolve(folder), readFileSync(path, 'utf8').trim())
  try {
    makeContentsPrivate(folder)
    return unlock
  } catch (error) {
    unlock()
    throw error
  }
}

/**
 * Locks a file, making it if need be, and writes this process's number into it. The lock is the kernel's: it
 * ends with the process, however that ends, and leaves nothing stale.
 *
 * @returns a function that unlocks it; undefined while another has it.
 */
export function lockFile(path: string): (() => void) | undefined {
  const fileDescriptor = openSync(path, 'a+')
  if (!tryLock(fileDescriptor)) {
    closeSync(fileDescriptor)
    return undefined
  }
  writeFileSync(path, `${process.pid}\n`)
  return () => closeSync(fileDescriptor)
}
