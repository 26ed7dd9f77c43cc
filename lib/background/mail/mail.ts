import { html } from 'hono/html'

/** An email to one person, as plain text and the same as HTML. */
export type Mail = { to: string; subject: string; text: string; html: string }

/** What became of a mail; `at` is when it was sent or given up, in ISO 8601. */
export type MailStanding = { status: 'pending'; at: null } | { status: 'sent' | 'failed'; at: string }

type MailContent = {
  to: string
  subject: string
  /** Plain text; what it repeats of anybody's words is escaped here. */
  paragraphs: string[]
  /** What the mail is there to be followed to, after the first paragraph. */
  link?: { label: string; href: string }
}

/** Makes a mail of plain words: no images, no styles beyond the least, nothing that tells who read it. */
export async function composeMail({ to, subject, paragraphs, link }: MailContent): Promise<Mail> {
  const [first = '', ...rest] = paragraphs.map(onOneLine)
  const paragraph = (words: string) => html`<p style="margin:0 0 16px">${words}</p>`
  const button = link
    ? html`<p style="margin:0 0 16px"><a href="${link.href}">${link.label}</a></p>
<p style="margin:0 0 16px">${link.href}</p>`
    : ''
  const page = await html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${onOneLine(subject)}</title></head>
<body style="max-width:34rem;margin:24px;font:15px/1.5 sans-serif">
${paragraph(first)}
${button}
${rest.map(paragraph)}
</body>
</html>
`
  return {
    to,
    subject: onOneLine(subject),
    text: `${[first, ...(link ? [`${link.label}:\n${link.href}`] : []), ...rest].join('\n\n')}\n`,
    html: String(page),
  }
}

/** Somebody's words cannot begin a line, or a header, of their own. */
function onOneLine(words: string): string {
  return words.replace(/[\p{Cc}\u2028\u2029\s]+/gu, ' ').trim()
}
