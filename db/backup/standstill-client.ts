import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { linesFrom } from './socket-lines'
import { findStandstillSocket } from './standstill-socket'

/** Longer than any one request, or step of a job, that has to end first. */
const patienceMilliseconds = 60_000

/** Nobody answers for a data folder that is in use. */
export class NobodyToAsk extends Error {}

/** The way to the process that has a data folder, to have it stand still once. */
export type Standstill = {
  /**
   * Does something while nothing is written.
   *
   * @throws Error when the process ended, or went on before it was done.
   */
  during: <Result>(work: () => Result) => Promise<Result>
  /** Goes without it. */
  close: () => void
}

/**
 * Reaches the process that has a data folder.
 *
 * @throws NobodyToAsk when it is none that can stand still.
 */
export async function reachStandstill(folder: string): Promise<Standstill> {
  const path = findStandstillSocket(folder)
  if (!path) throw new NobodyToAsk()
  const socket = connect(path)
  try {
    await once(socket, 'connect')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ECONNREFUSED' || code === 'ENOENT') throw new NobodyToAsk()
    throw error
  }
  // What breaks the connection shows as its end.
  socket.on('error', () => undefined)
  return { during: (work) => during(socket, work), close: () => void socket.destroy() }
}

async function during<Result>(socket: Socket, work: () => Result): Promise<Result> {
  const nextLine = linesFrom(socket)
  const patience = setTimeout(() => socket.destroy(), patienceMilliseconds)
  try {
    socket.write('hold\n')
    if ((await nextLine()) !== 'held') {
      throw new Error('Keyholder ended, or found no moment to stand still, before its files were copied. Run it again.')
    }
    const result = work()
    socket.write('release\n')
    if ((await nextLine()) !== 'released') {
      throw new Error('Keyholder ended, or waited too long, while its files were being copied. Run it again.')
    }
    return result
  } finally {
    clearTimeout(patience)
    socket.destroy()
  }
}
