import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { tryLock } from 'fs-native-extensions'

/** The data folder is another process's at present. */
export class DataFolderInUse extends Error {
  constructor(
    readonly folder: string,
    holder: string,
  ) {
    super(
      `The data folder ${folder} is in use by another Keyholder process${holder ? ` (process ${holder})` : ''}. ` +
        'Stop that process first, choose another folder with DATA_DIR, or set DATABASE_URL to a PostgreSQL server that several processes may share.',
    )
  }
}

/**
 * Takes the data folder for this process alone, making it if need be. Two processes on one embedded
 * database lose rows silently, so the second is refused. The lock is the kernel's: it ends with the
 * process, however that ends, and leaves nothing stale.
 *
 * @returns a function that gives the folder free again.
 * @throws DataFolderInUse that names the folder and its holder.
 */
export function lockDataFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true })
  const lockFile = join(folder, 'keyholder.lock')
  const fileDescriptor = openSync(lockFile, 'a+')
  if (!tryLock(fileDescriptor)) {
    closeSync(fileDescriptor)
    throw new DataFolderInUse(resolve(folder), readFileSync(lockFile, 'utf8').trim())
  }
  writeFileSync(lockFile, `${process.pid}\n`)
  return () => closeSync(fileDescriptor)
}
