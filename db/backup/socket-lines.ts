import type { Socket } from 'node:net'
import { createInterface } from 'node:readline'

/** Reads a socket line by line. @returns what gives the next line, or undefined once the connection is over, however it ended. */
export function linesFrom(socket: Socket): () => Promise<string | undefined> {
  const input = createInterface({ input: socket })
  socket.once('close', () => input.close())
  const lines = input[Symbol.asyncIterator]()
  return () =>
    lines.next().then(
      ({ done, value }) => (done ? undefined : value),
      () => undefined,
    )
}
