'use client'

import type { ActionResult } from '@/lib/errors'
import type { InvitationListItem } from '@/lib/members/invitation'
import { roleName } from '@/lib/members/member'
import { Button } from '../ui/button'
import { useChange } from '../ui/use-change'
import { RelativeTime } from '../ui/viewer-time'

type InvitationsListProps = {
  invitations: InvitationListItem[]
  onRevoke: (invitationId: string) => Promise<ActionResult<null>>
}

/** The invitations that can still be accepted. Their links are not kept, so they cannot be shown again. */
export function InvitationsList({ invitations, onRevoke }: InvitationsListProps) {
  const { pending, carryOut } = useChange()
  return (
    <ul className="divide-y divide-line">
      {invitations.map(({ invitationId, email, role, createdBy, createdAt, expiresAt }) => {
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
            </div>
            <Button
              size="small"
              pending={pending}
              aria-label={`Revoke the invitation of ${who}`}
              onClick={() => carryOut({ action: () => onRevoke(invitationId), done: 'The invitation was revoked.' })}
            >
              Revoke
            </Button>
          </li>
        )
      })}
    </ul>
  )
}
