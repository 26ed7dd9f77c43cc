import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'

/** What a mail server was sent: from whom and to whom by the envelope, and the message as it reads. */
type ReceivedMail = { from: string; to: string[]; message: Email }

/**
 * A mail server on loopback, for tests.
 *
 * @param refuse what it says of a recipient: a status and words to refuse it with, or nothing.
 */
export async function startMailServer(refuse: (address: string) => { status: number } | undefined = () => undefined) {
  const received: ReceivedMail[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    logger: false,
    onAuth: ({ username, password }, _session, done) =>
      password === 'the right password' ? done(null, { user: username }) : done(new Error('Wrong password')),
    onRcptTo: ({ address }, _session, done) => {
      const refused = refuse(address)
      done(refused ? Object.assign(new Error('Not taken'), { responseCode: refused.status }) : null)
    },
    onData: async (stream, { envelope }, done) => {
      received.push({
        from: envelope.mailFrom ? envelope.mailFrom.address : '',
        to: envelope.rcptTo.map(({ address }) => address),
        message: await PostalMime.parse(await text(stream)),
      })
      done()
    },
  })
  server.on('error', () => undefined)
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const { port } = server.server.address() as AddressInfo
  return {
    port,
    url: `smtp://127.0.0.1:${port}`,
    received,
    stop: () => new Promise<void>((resolve) => server.close(resolve)),
  }
}
