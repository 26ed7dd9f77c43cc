import { existsSync, mkdtempSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

/** Of a socket's path, systems keep little more than a hundred bytes, and cut off the rest silently. */
const longestPath = 100

const socketOf = (folder: string) => resolve(folder, 'backup.sock')
/** Names the socket where the folder's own path is too long for one. */
const noteOf = (folder: string) => resolve(folder, 'backup.sock.path')

/** Where the process that has a data folder is asked to stand still; undefined when nobody can be. */
export function findStandstillSocket(folder: string): string | undefined {
  const [path, note] = [socketOf(folder), noteOf(folder)]
  if (existsSync(path)) return path
  return existsSync(note) ? readFileSync(note, 'utf8').trim() : undefined
}

/**
 * Chooses a path for that socket: in the data folder, or in a temporary one where that would be too long. What
 * a killed process has left there is removed, so the caller must have the data folder's lock.
 */
export function chooseStandstillSocket(folder: string): string {
  removeStandstillSocket(folder)
  const path = socketOf(folder)
  if (Buffer.byteLength(path) <= longestPath) return path
  const elsewhere = join(mkdtempSync(join(tmpdir(), 'keyholder-')), 'backup.sock')
  writeFileSync(noteOf(folder), `${elsewhere}\n`, { mode: 0o600 })
  return elsewhere
}

/** Removes the socket, and what leads to it. */
export function removeStandstillSocket(folder: string): void {
  const note = noteOf(folder)
  rmSync(socketOf(folder), { force: true })
  if (!existsSync(note)) return
  const elsewhere = readFileSync(note, 'utf8').trim()
  rmSync(elsewhere, { force: true })
  // Its folder held nothing else, and is gone already where the system has cleared its temporary files.
  if (existsSync(dirname(elsewhere))) rmdirSync(dirname(elsewhere))
  rmSync(note)
}
