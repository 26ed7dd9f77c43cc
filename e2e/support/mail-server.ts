import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import PostalMime from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import { expect } from './test'

/** A mail as it reads. */
type ReceivedMail = { to: string[]; subject: string; text: string }

/** A mail server on loopback, which refuses addresses that begin with “nobody”. */
export async function startMailServer() {
  const received: ReceivedMail[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    onRcptTo: ({ address }, _session, done) =>
      done(address.startsWith('nobody') ? Object.assign(new Error('No such mailbox'), { responseCode: 550 }) : null),
    onData: async (stream, { envelope }, done) => {
      const message = await PostalMime.parse(await text(stream))
      const to = envelope.rcptTo.map(({ address }) => address)
      received.push({ to, subject: message.subject ?? '', text: message.text ?? '' })
      done()
    },
  })
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const { port } = server.server.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${port}`,
    received,
    /** Waits for so many mails to an address, and gives the newest. */
    newestTo: async (address: string, count: number): Promise<ReceivedMail> => {
      const found = () => received.filter(({ to }) => to.includes(address))
      await expect.poll(() => found().length, { message: `mails to ${address}` }).toBe(count)
      return found().at(-1) as ReceivedMail
    },
    stop: () => new Promise<void>((resolve) => server.close(resolve)),
  }
}
