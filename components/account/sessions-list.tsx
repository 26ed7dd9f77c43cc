'use client'

import { useState } from 'react'
import type { SessionListItem } from '@/lib/accounts/account/account'
import type { ActionResult } from '@/lib/platform/refusals'
import { Button } from '../ui/button'
import { RelativeTime } from '../ui/viewer-time'
import { type Given, ProofDialog } from './proof-dialog'

type SessionsListProps = {
  sessions: SessionListItem[]
  onEnd: (sessionId: string, given: Given) => Promise<ActionResult<null>>
  onEndOthers: (given: Given) => Promise<ActionResult<null>>
}

/** Where an account is signed in, and the ways to end that. */
export function SessionsList({ sessions, onEnd, onEndOthers }: SessionsListProps) {
  const [asking, setAsking] = useState<SessionListItem | 'all others' | null>(null)
  const close = () => setAsking(null)
  return (
    <>
      <ul className="divide-y divide-line">
        {sessions.map((session) => {
          const { sessionId, device, ipAddress, createdAt, isCurrent } = session
          return (
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
                <Button size="small" aria-label={`Sign out ${device}`} onClick={() => setAsking(session)}>
                  Sign out…
                </Button>
              )}
            </li>
          )
        })}
      </ul>
      {sessions.length > 1 && (
        <div className="border-line border-t px-4 py-3">
          <Button onClick={() => setAsking('all others')}>Sign out everywhere else…</Button>
        </div>
      )}
      {asking === 'all others' && (
        <ProofDialog
          title="Sign out everywhere else?"
          label="Sign out"
          factors="one"
          action={onEndOthers}
          done="You’re signed out everywhere else."
          onClose={close}
        >
          You stay signed in here.
        </ProofDialog>
      )}
      {asking && asking !== 'all others' && (
        <ProofDialog
          title={`Sign out ${asking.device}?`}
          label="Sign out"
          factors="one"
          action={(given) => onEnd(asking.sessionId, given)}
          done={`${asking.device} was signed out.`}
          onClose={close}
        >
          Whoever uses it has to sign in again.
        </ProofDialog>
      )}
    </>
  )
}
