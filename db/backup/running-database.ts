import { rmSync, statfsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { lockFile } from '../data-folder-lock'
import { type Connection, connectToFolder } from './connection'
import { FolderCopy, sizeOfFolder } from './folder-copy'
import { reachStandstill } from './standstill-client'

/** What has changed since the last round becomes less with each; so few bytes are copied in no time. */
const littleEnough = 4_000_000
const mostRounds = 5
/** What must stay free of a disk that Keyholder goes on writing to, in bytes. */
const roomToLeave = 64_000_000

/** When a database stood still, and for how long nothing could be read or written then. */
type Moment = { takenAt: Date; milliseconds: number }

/**
 * Copies the files of an embedded database that Keyholder has open, and opens the copy, which has all that was
 * committed at one moment. Most is copied while Keyholder goes on; what has changed by then, while it stands still. The
 * copy lies in the data folder and is gone once it is closed; one that a killed process has left is removed first.
 *
 * @throws NobodyToAsk; Error when another copy is being made, the disk has no room for one, or Keyholder ended
 * meanwhile.
 */
export async function connectToRunning(folder: string): Promise<Connection & Moment> {
  const copyFolder = join(folder, 'backup-copy')
  const unlock = lockFile(join(folder, 'backup.lock'))
  if (!unlock) throw new Error(`Another backup of ${resolve(folder)} is being made. Wait for it to end.`)
  const remove = () => {
    rmSync(copyFolder, { recursive: true, force: true })
    unlock()
  }
  try {
    rmSync(copyFolder, { recursive: true, force: true })
    const moment = await copyRunning(join(folder, 'postgres'), join(copyFolder, 'postgres'), folder)
    const { database, close } = await connectToFolder(copyFolder)
    return { database, close: () => close().finally(remove), ...moment }
  } catch (error) {
    remove()
    throw error
  }
}

async function copyRunning(from: string, to: string, folder: string): Promise<Moment> {
  const standstill = await reachStandstill(folder)
  try {
    refuseFullDisk(folder, sizeOfFolder(from))
    const copy = new FolderCopy(from, to)
    for (let round = 1; round <= mostRounds; round++) if (copy.update() <= littleEnough) break
    return await standstill.during(() => {
      const takenAt = new Date()
      const start = performance.now()
      copy.update()
      return { takenAt, milliseconds: Math.ceil(performance.now() - start) }
    })
  } finally {
    standstill.close()
  }
}

function refuseFullDisk(folder: string, bytes: number): void {
  const { bavail, bsize } = statfsSync(folder)
  const [free, needed] = [bavail * bsize, bytes + roomToLeave].map((size) => Math.ceil(size / 1_000_000))
  if (free !== undefined && needed !== undefined && free < needed) {
    throw new Error(
      `The disk of ${resolve(folder)} has ${free.toLocaleString('en')} MB free, and a backup of the running database needs ${needed.toLocaleString('en')} MB there for a while. Make room, or stop Keyholder and run this again.`,
    )
  }
}
