'use client'

import type { SessionListItem } from '@/lib/account/account'
import type { ActionResult } from '@/lib/errors'
import { Button } from '../ui/button'
import { useChange } from '../ui/use-change'
import { RelativeTime } from '../ui/viewer-time'

type SessionsListProps = { sessions: SessionListItem[]; onEnd: (sessionId: string) => Promise<ActionResult<null>> }

/** Where an account is signed in. */
export function SessionsList({ sessions, onEnd }: SessionsListProps) {
  const { pending, carryOut } = useChange()
  return (
    <ul className="divide-y divide-line">
      {sessions.map(({ sessionId, device, ipAddress, createdAt, isCurrent }) => (
        <li key={sessionId} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 text-sm">
          <div className="min-w-0 flex-1 basis-56">
            <p className="font-medium">
              {device}
              {isCurrent && <span className="font-normal text-muted"> (this browser)</span>}
            </p>
            <p className="text-muted">
              {ipAddress && `${ipAddress}, `}signed in <RelativeTime at={createdAt} />
            </p>
          </div>
          {!isCurrent && (
            <Button
              size="small"
              pending={pending}
              aria-label={`Sign out ${device}`}
              onClick={() => carryOut({ action: () => onEnd(sessionId), done: `${device} was signed out.` })}
            >
              Sign out
            </Button>
          )}
        </li>
      ))}
    </ul>
  )
}
