'use client'

import { CircleAlert } from 'lucide-react'
import type { InvitationListItem } from '@/lib/accounts/members/invitation'
import { roleName } from '@/lib/accounts/members/member'
import type { MailStanding } from '@/lib/background/mail/mail'
import type { ActionResult } from '@/lib/platform/refusals'
import { Button } from '../ui/button'
import { useChange } from '../ui/use-change'
import { RelativeTime } from '../ui/viewer-time'

type InvitationsListProps = {
  invitations: InvitationListItem[]
  onRevoke: (invitationId: string) => Promise<ActionResult<null>>
  /** Left out where mails are not configured. */
  onSendAgain?: (invitationId: string) => Promise<ActionResult<{ email: string }>>
}

/** The invitations that can still be accepted. Their links are not kept, so they cannot be shown again. */
export function InvitationsList({ invitations, onRevoke, onSendAgain }: InvitationsListProps) {
  const { pending, carryOut } = useChange()
  return (
    <ul className="divide-y divide-line">
      {invitations.map(({ invitationId, email, role, createdBy, createdAt, expiresAt, mail }) => {
        const who = email ?? 'Whoever has the link'
        return (
          <li key={invitationId} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 text-sm">
            <div className="min-w-0 flex-1 basis-64">
              <p className="[overflow-wrap:anywhere]">
                <span className="font-medium">{who}</span> as {roleName(role).toLowerCase()}
              </p>
              <p className="text-muted">
                Invited by <bdi>{createdBy}</bdi> <RelativeTime at={createdAt} />, expires{' '}
                <RelativeTime at={expiresAt} />
              </p>
              {mail && <MailNote mail={mail} />}
            </div>
            <div className="flex gap-2">
              {onSendAgain && email !== null && (
                <Button
                  size="small"
                  pending={pending}
                  aria-label={`Send again to ${email}`}
                  onClick={() =>
                    carryOut({
                      action: () => onSendAgain(invitationId),
                      done: `The invitation is being sent to ${email} again, with a new link.`,
                    })
                  }
                >
                  Send again
                </Button>
              )}
              <Button
                size="small"
                pending={pending}
                aria-label={`Revoke the invitation of ${who}`}
                onClick={() => carryOut({ action: () => onRevoke(invitationId), done: 'The invitation was revoked.' })}
              >
                Revoke
              </Button>
            </div>
          </li>
        )
      })}
    </ul>
  )
}

/** What became of the mail. */
function MailNote({ mail }: { mail: MailStanding }) {
  if (mail.status === 'pending') return <p className="text-muted">Its mail is being sent.</p>
  if (mail.status === 'sent') {
    return (
      <p className="text-muted">
        Sent by mail <RelativeTime at={mail.at} />
      </p>
    )
  }
  return (
    <p className="flex items-start gap-1.5 text-danger">
      <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
      Its mail could not be delivered. If the address is wrong, revoke this and invite anew.
    </p>
  )
}
