import clsx from 'clsx'
import { Check, Equal, EqualNot } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import type { Proposal, QueueRow } from '@/lib/people/reconcile/queries'

type Agreement = 'agrees' | 'nearly' | 'differs' | null

const icons = { agrees: Check, nearly: Equal, differs: EqualNot }
const colours = { agrees: 'text-success', nearly: 'text-muted', differs: 'text-warning' }
const words = { agrees: 'agrees', nearly: 'is nearly the same', differs: 'differs' }

/** A value beside its counterpart, with a sign of whether the two agree. */
function Value({ children, missing, agreement }: { children: ReactNode; missing: string; agreement?: Agreement }) {
  const Icon = agreement ? icons[agreement] : null
  return (
    <span className="flex min-h-5 min-w-0 items-center gap-1.5 text-sm">
      {agreement !== undefined && (
        <span className="inline-flex size-3.5 shrink-0 items-center justify-center">
          {Icon && <Icon aria-hidden className={clsx('size-3.5', agreement && colours[agreement])} />}
        </span>
      )}
      {children ? (
        <bdi className="min-w-0 [overflow-wrap:anywhere]">{children}</bdi>
      ) : (
        <span className="text-muted">{missing}</span>
      )}
      {agreement && <span className="sr-only">({words[agreement]})</span>}
    </span>
  )
}

/** What an ACS user tells of its person: name, email, phone, a line each. */
export function AcsUserValues({ acsUser }: { acsUser: QueueRow['acsUser'] }) {
  return (
    <div className="min-w-0">
      <Link
        href={`/acs-users/${acsUser.acsUserId}`}
        prefetch={false}
        className="block min-h-5 truncate font-medium text-sm hover:underline"
        title={acsUser.displayName}
      >
        <bdi>{acsUser.displayName}</bdi>
      </Link>
      <Value missing="No email">{acsUser.emailAddress}</Value>
      <Value missing="No phone">{acsUser.phoneNumber}</Value>
      {acsUser.accessGroups.length > 0 && (
        <span className="block text-muted text-xs">{acsUser.accessGroups.join(', ')}</span>
      )}
    </div>
  )
}

/** What an identity tells, on the same lines, with what agrees and what differs. */
export function ProposalValues({ proposal }: { proposal: Proposal }) {
  const { agreement } = proposal
  return (
    <div className="min-w-0">
      <span className="flex min-h-5 min-w-0 items-center gap-1.5 text-sm">
        <NameSign name={agreement.name} />
        <Link
          href={`/identities/${proposal.userIdentityId}`}
          prefetch={false}
          className="min-w-0 truncate font-medium hover:underline"
          title={proposal.displayName}
        >
          <bdi>{proposal.displayName}</bdi>
        </Link>
      </span>
      <Value missing="No email" agreement={ofValue(agreement.email)}>
        {proposal.emailAddress}
      </Value>
      <Value missing="No phone" agreement={ofValue(agreement.phone)}>
        {proposal.phoneNumber}
      </Value>
    </div>
  )
}

function NameSign({ name }: { name: Proposal['agreement']['name'] }) {
  const agreement = ofName(name)
  const Icon = agreement && icons[agreement]
  return (
    <span className="inline-flex size-3.5 shrink-0 items-center justify-center">
      {Icon && <Icon aria-hidden className={clsx('size-3.5', colours[agreement])} />}
    </span>
  )
}

function ofValue(agreement: Proposal['agreement']['email']): Agreement {
  return ({ same: 'agrees', variant: 'nearly', different: 'differs', unknown: null } as const)[agreement]
}

function ofName(name: Proposal['agreement']['name']): Agreement {
  if (name === 'unknown') return null
  if (name === 'same') return 'agrees'
  return ['renamed', 'relative', 'different'].includes(name) ? 'differs' : 'nearly'
}
