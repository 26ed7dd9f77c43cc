'use client'

import dynamic from 'next/dynamic'
import Link from 'next/link'
import { useRef, useState } from 'react'
import { type Credential, credentialState, orderCredentials } from '@/lib/access/credentials/credential'
import type { ActionResult } from '@/lib/platform/refusals'
import { Badge, type Tone } from '../ui/badge'
import { Button } from '../ui/button'
import { failedToLoad } from '../ui/load-failed'
import { useChange } from '../ui/use-change'
import { ExactTime, RelativeTime, useNow } from '../ui/viewer-time'
import { accessMethodNames } from './access-method-names'
import type { ExtendCredential } from './extend-credential-dialog'

const ExtendCredentialDialog = dynamic(
  () =>
    import('./extend-credential-dialog')
      .then((module) => ({ default: module.ExtendCredentialDialog }))
      .catch(failedToLoad),
  { ssr: false },
)

const states: Record<ReturnType<typeof credentialState>, { tone: Tone; name: string }> = {
  active: { tone: 'success', name: 'Active' },
  pending: { tone: 'waiting', name: 'Waiting to be issued' },
  scheduled: { tone: 'waiting', name: 'Starts later' },
  expired: { tone: 'neutral', name: 'Expired' },
  error: { tone: 'danger', name: 'Error' },
}

/** An end this near is said in days, in milliseconds. */
const soon = 7 * 24 * 60 * 60 * 1000

/** What an admin may do with credentials; absent where their role does not permit it. */
export type CredentialActions = {
  extend: ExtendCredential
  revoke: (acsCredentialId: string) => Promise<ActionResult<null>>
}

type CredentialsTableProps = { credentials: Credential[]; actions?: CredentialActions }

/** Credentials, each with where it opens doors, for how long, and whether it does now; expired ones folded away. */
export function CredentialsTable({ credentials, actions }: CredentialsTableProps) {
  const now = useNow()
  const [extending, setExtending] = useState<Credential | null>(null)
  const list = useRef<HTMLDivElement>(null)
  const { carryOut } = useChange()
  const revoke = (credential: Credential, { revoke: carriedOut }: CredentialActions) => {
    // The row goes away with its button, and perhaps the table with its last row: the focus stays with the section.
    list.current?.closest('section')?.focus({ preventScroll: true })
    carryOut({
      action: () => carriedOut(credential.acsCredentialId),
      done: `Revoked ${credential.displayName}.`,
      undone: `${credential.displayName} is back.`,
    })
  }
  const rowsOf = (shown: Credential[]) => (
    <ul className="divide-y divide-line">
      {shown.map((credential) => (
        <CredentialRow
          key={credential.acsCredentialId}
          credential={credential}
          now={now}
          onExtend={actions && (() => setExtending(credential))}
          onRevoke={actions && (() => revoke(credential, actions))}
        />
      ))}
    </ul>
  )
  const ordered = orderCredentials(credentials, now)
  const current = ordered.filter((credential) => credentialState(credential, now) !== 'expired')
  const expired = ordered.slice(current.length)
  return (
    <div ref={list} className="divide-y divide-line">
      {current.length > 0 && rowsOf(current)}
      {expired.length > 0 && (
        <details>
          <summary className="flex min-h-9 cursor-pointer items-center px-4 text-muted text-sm marker:content-none hover:bg-hover pointer-coarse:min-h-11">
            {expired.length} expired
          </summary>
          <div className="border-line border-t">{rowsOf(expired)}</div>
        </details>
      )}
      {actions && extending && (
        <ExtendCredentialDialog
          open
          onOpenChange={(open) => !open && setExtending(null)}
          credential={extending}
          onExtend={actions.extend}
        />
      )}
    </div>
  )
}

type CredentialRowProps = { credential: Credential; now: Date; onExtend?: () => void; onRevoke?: () => void }

function CredentialRow({ credential, now, onExtend, onRevoke }: CredentialRowProps) {
  const { name, icon: Icon } = accessMethodNames[credential.accessMethod]
  const state = states[credentialState(credential, now)]
  const remarks = [...credential.errors, ...credential.warnings]
  const which = `${credential.displayName} in ${credential.acsSystemName}`
  return (
    <li className="flex flex-wrap items-start gap-x-3 gap-y-1.5 px-4 py-2.5 text-sm">
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-muted" />
      <div className="min-w-0 flex-1 basis-52">
        <span className="block truncate font-medium" title={credential.displayName}>
          {credential.displayName}
        </span>
        <span className="block truncate text-muted">
          {name} ·{' '}
          <Link href={`/acs-users/${credential.acsUserId}`} className="hover:underline">
            {credential.acsSystemName}
          </Link>
        </span>
        {remarks.map(({ message }) => (
          <span key={message} className="block text-warning text-xs">
            {message}
          </span>
        ))}
      </div>
      <div className="text-right max-sm:text-left">
        <Badge tone={state.tone}>{state.name}</Badge>
        <span className="mt-0.5 block text-muted text-xs">
          <Validity credential={credential} now={now} />
        </span>
      </div>
      {onExtend && onRevoke && (
        <div className="flex shrink-0 gap-2">
          <Button size="small" aria-label={`Extend ${which}…`} onClick={onExtend}>
            Extend…
          </Button>
          <Button size="small" aria-label={`Revoke ${which}`} onClick={onRevoke}>
            Revoke
          </Button>
        </div>
      )}
    </li>
  )
}

function Validity({ credential, now }: { credential: Credential; now: Date }) {
  const { startsAt, endsAt } = credential
  if (!startsAt && !endsAt) return <>No end</>
  if (!endsAt) {
    return <>From {startsAt && <ExactTime at={startsAt} />}</>
  }
  const left = new Date(endsAt).getTime() - now.getTime()
  if (credentialState(credential, now) === 'active' && left < soon) {
    return (
      <span className="font-medium text-warning">
        Expires <RelativeTime at={endsAt} />
      </span>
    )
  }
  return (
    <>
      {startsAt ? (
        <>
          <ExactTime at={startsAt} /> –{' '}
        </>
      ) : (
        'Until '
      )}
      <ExactTime at={endsAt} />
    </>
  )
}
