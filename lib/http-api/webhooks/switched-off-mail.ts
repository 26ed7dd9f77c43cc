import { composeMail, type Mail } from '@/lib/background/mail/mail'
import { serverConfiguration } from '@/lib/platform/configuration'
import { hoursUntilSwitchedOff } from './pace'
import { waitingDays } from './webhook'

/** Writes the mail that tells an owner about a webhook that was switched off. */
export function switchedOffMail(webhook: {
  to: string
  workspaceName: string
  webhookId: string
  url: string
  trouble: string | null
}): Promise<Mail> {
  const { to, workspaceName, webhookId, url, trouble } = webhook
  return composeMail({
    to,
    subject: `A webhook of ${workspaceName} was switched off`,
    paragraphs: [
      `Nothing has reached ${url} for ${hoursUntilSwitchedOff} hours, so Keyholder switched this webhook of ${workspaceName} off.${trouble ? ` The last attempt: ${trouble}.` : ''}`,
      `Events wait for it for ${waitingDays} days. Switch the webhook on once the address answers again, and they are sent in order. If you don’t need the webhook, delete it.`,
    ],
    link: { label: 'Open the webhook', href: `${serverConfiguration().baseUrl}/settings/webhooks/${webhookId}` },
  })
}
