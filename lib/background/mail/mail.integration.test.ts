/* Mails, from the transaction that queues them to a mail server on loopback, which is not always there. */
import { eq, sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { database } from '@/db/client'
import { mails } from '@/db/schema/mails'
import { logger } from '@/lib/platform/logger'
import { type MailSettings, mailSettings } from '@/lib/platform/mail-settings'
import { inTransaction } from '@/lib/platform/transaction'
import { startMailServer } from '@/lib/testing/mail-server'
import { cancelMails, pruneMails, queueMail } from './commands'
import { sendDueMails, startMailDispatcher } from './dispatcher'
import { composeMail } from './mail'
import { claimMail, recordSendOutcome } from './outbox'
import { findMailStandings, wasMailedWithin } from './queries'

type Server = Awaited<ReturnType<typeof startMailServer>>

let server: Server
const started: Server[] = []
async function start(...given: Parameters<typeof startMailServer>) {
  const one = await startMailServer(...given)
  started.push(one)
  return one
}

function configure(url: string): MailSettings {
  vi.stubEnv('SMTP_URL', url)
  vi.stubEnv('MAIL_FROM', 'Keyholder <keyholder@example.com>')
  const settings = mailSettings()
  if (!settings) throw new Error('Mails are configured here.')
  return settings
}

let settings: MailSettings
beforeEach(async () => {
  await (await database()).delete(mails)
  server = await start()
  settings = configure(server.url)
})
afterEach(async () => {
  vi.unstubAllEnvs()
  for (const one of started.splice(0)) await one.stop()
})

async function queue(
  subject = 'Hello',
  to = 'sam@example.com',
  usefulForHours = 1,
  workspaceId: string | null = null,
): Promise<string> {
  const subjectId = uuidv7()
  const mail = await composeMail({ to, subject, paragraphs: ['The secret is in here.'] })
  await inTransaction((transaction) =>
    queueMail(transaction, { kind: 'greeting', subjectId, workspaceId, usefulForHours }, mail),
  )
  return subjectId
}

async function change(subjectId: string, values: Record<string, unknown>) {
  await (await database()).update(mails).set(values).where(eq(mails.subjectId, subjectId))
}
const makeDue = (subjectId: string) => change(subjectId, { nextAttemptAt: sql`now()` })
const rowOf = async (subjectId: string) => {
  const [row] = await (await database()).select().from(mails).where(eq(mails.subjectId, subjectId))
  return row
}
const statusOf = async (subjectId: string) => (await findMailStandings([subjectId])).get(subjectId)?.status

test('a mail arrives once, as text and as HTML, and its content is forgotten', async () => {
  const subject = await queue('Grüße an alle')
  expect(await statusOf(subject)).toBe('pending')
  expect(await sendDueMails(settings)).toBe(1)
  expect(await sendDueMails(settings)).toBe(0)
  expect(server.received).toHaveLength(1)
  const [mail] = server.received
  expect(mail).toMatchObject({ from: 'keyholder@example.com', to: ['sam@example.com'] })
  expect(mail?.message).toMatchObject({
    from: { name: 'Keyholder', address: 'keyholder@example.com' },
    subject: 'Grüße an alle',
    text: expect.stringMatching(/^The secret is in here\.\s+$/),
    html: expect.stringContaining('The secret is in here.'),
    messageId: `<${(await rowOf(subject))?.mailId}@example.com>`,
  })
  expect(await rowOf(subject)).toMatchObject({ status: 'sent', content: null, attempts: 1 })
})

test('what waits cannot be read in the database', async () => {
  const subject = await queue()
  const content = (await rowOf(subject))?.content ?? ''
  expect(content.length).toBeGreaterThan(100)
  for (const word of ['secret', 'sam@example.com']) {
    expect(content).not.toContain(word)
    expect(Buffer.from(content, 'base64').toString('latin1')).not.toContain(word)
    expect(Buffer.from(content, 'hex').toString('latin1')).not.toContain(word)
  }
})

test('what is rolled back sends nothing, and neither does what is not configured', async () => {
  const mail = await composeMail({ to: 'sam@example.com', subject: 'x', paragraphs: ['x'] })
  const about = { kind: 'greeting', subjectId: uuidv7(), workspaceId: null, usefulForHours: 1 }
  const rolledBack = () =>
    inTransaction(async (transaction) => {
      await queueMail(transaction, about, mail)
      throw new Error('Something else goes wrong.')
    })
  await expect(rolledBack).rejects.toThrow('Something else')
  vi.stubEnv('SMTP_URL', '')
  vi.stubEnv('MAIL_FROM', '')
  expect(await inTransaction((transaction) => queueMail(transaction, about, mail))).toBe(false)
  expect(await sendDueMails(settings)).toBe(0)
})

test('while the mail server is away nothing is lost, and each try waits longer', async () => {
  const { port } = server
  await server.stop()
  started.length = 0
  const subject = await queue()
  const waits: number[] = []
  for (let attempt = 1; attempt <= 4; attempt++) {
    expect(await sendDueMails(settings)).toBe(1)
    // Not before some time has passed.
    expect(await sendDueMails(settings)).toBe(0)
    const { rows } = (await (
      await database()
    ).execute(sql`select extract(epoch from next_attempt_at - now())::float8 as wait from mails`)) as unknown as {
      rows: { wait: number }[]
    }
    waits.push(Math.ceil((rows[0]?.wait ?? 0) / 10) * 10)
    await makeDue(subject)
  }
  expect(waits).toEqual([10, 30, 60, 120])
  expect(await statusOf(subject)).toBe('pending')
  const back = await start()
  expect(back.port).not.toBe(port)
  expect(await sendDueMails(configure(back.url))).toBe(1)
  expect(back.received).toHaveLength(1)
  expect(await statusOf(subject)).toBe('sent')
})

test('a mail that the server will never take is given up at once, one that it cannot take now is not', async () => {
  const fussy = await start((address) =>
    address.startsWith('nobody') ? { status: 550 } : address.startsWith('full') ? { status: 452 } : undefined,
  )
  const fussySettings = configure(fussy.url)
  const [never, later] = [await queue('x', 'nobody@example.com'), await queue('x', 'full@example.com')]
  expect(await sendDueMails(fussySettings)).toBe(2)
  expect(await rowOf(never)).toMatchObject({ status: 'failed', content: null })
  expect(await rowOf(later)).toMatchObject({ status: 'pending', attempts: 1 })
})

test('a password that the server does not know is no reason to give up', async () => {
  const subject = await queue()
  const signedIn = (password: string) =>
    configure(`smtp://robin:${encodeURIComponent(password)}@127.0.0.1:${server.port}`)
  await sendDueMails(signedIn('the wrong password'))
  expect(await statusOf(subject)).toBe('pending')
  await makeDue(subject)
  await sendDueMails(signedIn('the right password'))
  expect(await statusOf(subject)).toBe('sent')
})

test('what would come too late is not sent, and no try is planned for when it would', async () => {
  const late = await queue()
  await change(late, { expiresAt: sql`now()` })
  await sendDueMails(settings)
  expect(await statusOf(late)).toBe('failed')
  expect(server.received).toEqual([])

  const almost = await queue()
  await change(almost, { expiresAt: sql`now() + interval '5 seconds'` })
  await server.stop()
  started.length = 0
  await sendDueMails(settings)
  expect(await statusOf(almost)).toBe('failed')
})

test('a mail that was written under another secret is given up', async () => {
  vi.stubEnv('AUTH_SECRET', 'a'.repeat(32))
  const subject = await queue()
  vi.stubEnv('AUTH_SECRET', 'b'.repeat(32))
  await sendDueMails(settings)
  expect(await statusOf(subject)).toBe('failed')
  expect(server.received).toEqual([])
})

test('of several servers one sends each mail', async () => {
  for (let n = 0; n < 8; n++) await queue(`Mail ${n}`)
  const tried = await Promise.all([sendDueMails(settings), sendDueMails(settings), sendDueMails(settings)])
  expect(tried.reduce((sum, count) => sum + count)).toBe(8)
  expect(new Set(server.received.map(({ message }) => message.subject)).size).toBe(8)
  expect(server.received).toHaveLength(8)
})

test('the mails of one workspace hold up neither those of another nor those of accounts', async () => {
  const [busy, other] = [uuidv7(), uuidv7()]
  for (let n = 0; n < 12; n++) await queue('Invitation', 'sam@example.com', 1, busy)
  await queue('Reset')
  await queue('Another invitation', 'sam@example.com', 1, other)
  expect(await sendDueMails(settings)).toBe(4)
  const subjects = server.received.map(({ message }) => message.subject).sort()
  expect(subjects).toEqual(['Another invitation', 'Invitation', 'Invitation', 'Reset'])
  while ((await sendDueMails(settings)) > 0);
  expect(server.received).toHaveLength(14)
})

test('the claim of a server that was killed is taken up after a minute, and then alone counts', async () => {
  const subject = await queue()
  const lost = await claimMail()
  expect(await sendDueMails(settings)).toBe(0)
  await makeDue(subject)
  const second = await claimMail()
  if (!lost || !second) throw new Error('Both are there.')
  await recordSendOutcome(lost, { kind: 'sent' })
  expect(await statusOf(subject)).toBe('pending')
  await recordSendOutcome(second, { kind: 'sent' })
  expect(await statusOf(subject)).toBe('sent')
})

test('a mail that was taken back is not sent', async () => {
  const subject = await queue()
  await inTransaction((transaction) => cancelMails(transaction, subject))
  expect(await sendDueMails(settings)).toBe(0)
})

test('no header is anybody’s but ours', async () => {
  const evil = 'Hello\r\nBcc: everybody@example.com\r\n\r\nAnd more'
  // As if it had got past the rules for addresses and the composing.
  const subjectId = uuidv7()
  const mail = { to: 'sam@example.com\r\nBcc: everybody@example.com', subject: evil, text: 'x', html: 'x' }
  const about = { kind: 'greeting', subjectId, workspaceId: null, usefulForHours: 1 }
  await inTransaction((transaction) => queueMail(transaction, about, mail))
  await queue(evil)
  await queue('x', 'sam@example.com, everybody@example.com')
  await sendDueMails(settings)
  expect(server.received.length).toBeGreaterThan(0)
  for (const { to, message } of server.received) {
    expect(to).not.toContain('everybody@example.com')
    expect(to).toHaveLength(1)
    expect(message.headers.map(({ key }) => key)).not.toContain('bcc')
  }
})

test('the log says what became of a mail, and not to whom it went', async () => {
  const lines: string[] = []
  const info = vi.spyOn(logger(), 'info').mockImplementation((...given) => void lines.push(JSON.stringify(given)))
  const warn = vi.spyOn(logger(), 'warn').mockImplementation((...given) => void lines.push(JSON.stringify(given)))
  await queue()
  await sendDueMails(settings)
  const fussy = await start(() => ({ status: 550 }))
  await queue()
  await sendDueMails(configure(fussy.url))
  expect(lines).toEqual([
    expect.stringContaining('A mail was sent'),
    expect.stringMatching(/"outcome":"refused","code":"EENVELOPE","response_code":550/),
  ])
  expect(lines.join()).not.toMatch(/sam|@/)
  info.mockRestore()
  warn.mockRestore()
})

test('what became of mails is forgotten after a month', async () => {
  const [old, recent] = [await queue(), await queue()]
  await sendDueMails(settings)
  await change(old, { finishedAt: sql`now() - interval '31 days'` })
  await pruneMails()
  expect([...(await findMailStandings([old, recent])).keys()]).toEqual([recent])
  expect(await inTransaction((transaction) => wasMailedWithin(transaction, recent, 60))).toBe(true)
  expect(await inTransaction((transaction) => wasMailedWithin(transaction, old, 60))).toBe(false)
})

test('the loop sends what is due, once started, until it is stopped', async () => {
  const dispatcher = startMailDispatcher(settings)
  expect(startMailDispatcher(settings)).toEqual(dispatcher)
  await queue()
  await vi.waitFor(() => expect(server.received).toHaveLength(1), 60_000)
  await dispatcher.stop()
  const later = await queue()
  await new Promise((resolve) => setTimeout(resolve, 1300))
  expect(await statusOf(later)).toBe('pending')
})
