import { createServer, type Socket } from 'node:net'
import type { Database } from '../client'
import { linesFrom } from './socket-lines'
import { chooseStandstillSocket, removeStandstillSocket } from './standstill-socket'

/** Whoever asked for a standstill may hang: requests wait no longer for them. */
const longestMilliseconds = 30_000

/**
 * Lets other processes of the same user have the embedded database stand still while they copy its files. Over a
 * socket in the data folder, one sends `hold`, is told `held` once nothing is under way, copies, sends
 * `release`, and is told `released` if nothing was written in between. Meanwhile requests wait, as they do for any
 * other transaction.
 *
 * @param folder the data folder, whose lock this process has.
 * @returns a function that ends it: standstills that are under way are broken off.
 * @throws Error when the file system has no sockets.
 */
export async function offerStandstills(
  folder: string,
  connection: Database,
  limit: number = longestMilliseconds,
): Promise<() => Promise<void>> {
  const path = chooseStandstillSocket(folder)
  const underWay = new Map<Socket, Promise<void>>()
  const server = createServer((socket) => {
    // Whoever asked is gone: what they held is given free.
    socket.on('error', () => undefined)
    const standstill = standStill(socket, connection, limit)
      .catch(() => void socket.destroy())
      .finally(() => underWay.delete(socket))
    underWay.set(socket, standstill)
  })
  // The socket is made within `listen`, for nobody but this user from its first moment.
  const usual = process.umask(0o177)
  try {
    server.listen(path)
  } finally {
    process.umask(usual)
  }
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve)
    server.once('error', reject)
  }).catch((error) => {
    removeStandstillSocket(folder)
    throw error
  })
  return async () => {
    server.close()
    for (const socket of underWay.keys()) socket.destroy()
    await Promise.all(underWay.values())
    removeStandstillSocket(folder)
  }
}

async function standStill(socket: Socket, connection: Database, limit: number): Promise<void> {
  const nextLine = linesFrom(socket)
  if ((await nextLine()) !== 'hold') return void socket.destroy()
  // The embedded database does one transaction at a time; this one is empty, and leaves nothing.
  await connection.transaction(async () => {
    socket.write('held\n')
    const tooLong = setTimeout(() => socket.destroy(), limit)
    const answer = await nextLine()
    clearTimeout(tooLong)
    if (answer === 'release') socket.end('released\n')
    else socket.destroy()
  })
}
