import { expect, test } from 'vitest'
import { composeMail } from './mail'

test('a mail says the same as text and as HTML', async () => {
  const mail = await composeMail({
    to: 'sam@example.com',
    subject: 'Join',
    paragraphs: ['Robin invites you.', 'It works once.'],
    link: { label: 'Join', href: 'https://keys.example.com/invitations/abc_-1' },
  })
  expect(mail.text).toBe('Robin invites you.\n\nJoin:\nhttps://keys.example.com/invitations/abc_-1\n\nIt works once.\n')
  expect(mail.html).toContain('<a href="https://keys.example.com/invitations/abc_-1">Join</a>')
  for (const words of ['Robin invites you.', 'It works once.']) expect(mail.html).toContain(words)
  expect(mail.html).not.toMatch(/<img|<script|<link|url\(/i)
})

test('nobody’s words become markup, a line or a header of their own', async () => {
  const name = 'Eve</p><script>alert(1)</script>\r\nBcc: everybody@example.com\u2028<a href="https://evil.example">'
  const { subject, text, html } = await composeMail({
    to: 'sam@example.com',
    subject: `${name} invites you`,
    paragraphs: [`${name} invites you.`],
  })
  expect(subject).not.toMatch(/[\r\n\u2028]/)
  expect(text.trim().split('\n')).toHaveLength(1)
  expect(html).not.toContain('<script>')
  expect(html).not.toContain('<a ')
  expect(html).toContain('&lt;script&gt;')
})
