import { once } from 'node:events'
import { createReadStream, createWriteStream } from 'node:fs'
import { open, rename, rm, stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import type { Database } from '../client'
import { dumpDatabase } from './dump'
import { DamagedBackup, type End, readBackup, type TableSum } from './format'
import { type Restored, restoreDatabase } from './restore'

/**
 * Writes a database's backup to a file, which only its owner may read. It has its name once it is whole,
 * on the disk and read again.
 *
 * @param madeAt the moment that the database is of, where it is a copy that was made before.
 * @throws Error when there is a file of that name already, or it cannot be written.
 */
export async function writeBackupFile(connection: Database, path: string, madeAt?: Date): Promise<TableSum[]> {
  await refuseExistingFile(path)
  const unfinished = `${path}.unfinished`
  try {
    const gzip = createGzip()
    // A file of that name, perhaps a killed backup's, may be open to others: none is written into.
    await rm(unfinished, { force: true })
    const written = pipeline(gzip, createWriteStream(unfinished, { flags: 'wx', mode: 0o600 }))
    const failed = written.then(() => new Promise<never>(() => undefined))
    failed.catch(() => undefined)
    try {
      await dumpDatabase(
        connection,
        async (line) => {
          if (!gzip.write(`${line}\n`)) await Promise.race([once(gzip, 'drain'), failed])
        },
        madeAt,
      )
      gzip.end()
    } catch (error) {
      gzip.destroy()
      await written.catch(() => undefined)
      throw error
    }
    await written
    await flushToDisk(unfinished)
    const { tables } = await checkBackupFile(unfinished)
    await rename(unfinished, path)
    return tables
  } catch (error) {
    await rm(unfinished, { force: true })
    throw error
  }
}

/** @throws Error when there is a file of that name already: no backup takes the place of another. */
export async function refuseExistingFile(path: string): Promise<void> {
  if (!(await stat(path).catch(() => undefined))) return
  throw new Error(`There is a file ${path} already. Name another one, or remove it first.`)
}

async function flushToDisk(path: string): Promise<void> {
  const file = await open(path, 'r+')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}

/**
 * Reads a backup's file from its beginning to its end.
 *
 * @throws DamagedBackup when it is not what was written.
 */
export async function checkBackupFile(path: string): Promise<End> {
  const { take, finish } = readBackup({
    onIntroduction: () => undefined,
    onTable: () => undefined,
    onRow: () => undefined,
  })
  for await (const line of linesOf(path)) await take(line)
  return finish()
}

/**
 * Restores a backup from its file, which is read to its end before anything is touched.
 *
 * @throws what `restoreDatabase` and `checkBackupFile` throw.
 */
export async function restoreBackupFile(
  connection: Database,
  path: string,
  options: { replace: boolean },
): Promise<Restored> {
  await checkBackupFile(path)
  return restoreDatabase(connection, options, async (take) => {
    for await (const line of linesOf(path)) await take(line)
  })
}

/** The lines of a compressed file. A backup ends each with a line feed, and holds none besides. */
async function* linesOf(path: string): AsyncGenerator<string> {
  const file = await open(path, 'r')
  await file.close()
  const gunzip = createGunzip()
  const read = pipeline(createReadStream(path), gunzip)
  read.catch(() => undefined)
  gunzip.setEncoding('utf8')
  let rest = ''
  try {
    for await (const chunk of gunzip) {
      const lines = (rest + chunk).split('\n')
      rest = lines.pop() ?? ''
      yield* lines
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (!code.startsWith('Z_')) throw error
    throw new DamagedBackup(code === 'Z_BUF_ERROR' ? 'Its end is missing.' : 'It cannot be uncompressed.')
  }
  if (rest) throw new DamagedBackup('Its last line is not whole.')
}
