'use client'

import Link from 'next/link'
import { type Credential, credentialState } from '@/lib/credentials/credential'
import { Badge, type Tone } from '../ui/badge'
import { ExactTime, useNow } from '../ui/viewer-time'
import { accessMethodNames } from './access-method-names'

const states: Record<ReturnType<typeof credentialState>, { tone: Tone; name: string }> = {
  active: { tone: 'success', name: 'Active' },
  pending: { tone: 'waiting', name: 'Waiting to be issued' },
  scheduled: { tone: 'waiting', name: 'Starts later' },
  expired: { tone: 'neutral', name: 'Expired' },
  error: { tone: 'danger', name: 'Error' },
}

/** Credentials, each with where it opens doors, for how long, and whether it does now. */
export function CredentialsTable({ credentials }: { credentials: Credential[] }) {
  const now = useNow()
  return (
    <ul className="divide-y divide-line">
      {credentials.map((credential) => {
        const { name, icon: Icon } = accessMethodNames[credential.accessMethod]
        const state = states[credentialState(credential, now)]
        const remarks = [...credential.errors, ...credential.warnings]
        return (
          <li
            key={credential.acsCredentialId}
            className="flex flex-wrap items-start gap-x-3 gap-y-1 px-4 py-2.5 text-sm"
          >
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
                <Validity credential={credential} />
              </span>
            </div>
          </li>
        )
      })}
    </ul>
  )
}

function Validity({ credential: { startsAt, endsAt } }: { credential: Credential }) {
  if (!startsAt && !endsAt) return <>No end</>
  if (!endsAt) {
    return <>From {startsAt && <ExactTime at={startsAt} />}</>
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
