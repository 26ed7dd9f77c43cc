'use client'

import { IdCard, Link2, SkipForward, UserPlus } from 'lucide-react'
import Link from 'next/link'
import type { KeyboardEvent } from 'react'
import type { Proposal, QueueRow } from '@/lib/people/reconcile/queries'
import { SystemMark } from '../access-systems/system-mark'
import { Reasons } from '../acs-users/reasons'
import { Button } from '../ui/button'
import { Notice } from '../ui/notice'
import { ConfidenceBadge } from './confidence-badge'
import { AcsUserValues, ProposalValues } from './side-by-side'

/** What can be done with a row; what the admin may not do is absent. */
export type RowActions = {
  attach?: (proposal: { userIdentityId: string; displayName: string }) => void
  choose?: () => void
  create?: () => void
  dismiss?: () => void
  skip: () => void
}

type QueueRowProps = {
  row: QueueRow
  system: { name: string; monogram: string }
  pending: boolean
  actions: RowActions
}

/** An ACS user of the queue beside the identity that it most likely belongs to. */
export function WaitingRow({ row, system, pending, actions }: QueueRowProps) {
  const { acsUser, proposals, taken } = row
  const [best, ...others] = proposals
  const onKeyDown = (event: KeyboardEvent) => {
    // Keys belong to the row, not to what is inside it, where Enter follows a link or presses a button.
    if (event.target !== event.currentTarget || event.metaKey || event.ctrlKey || event.altKey || pending) return
    const attachBest = best && actions.attach && (() => actions.attach?.(best))
    const does: Record<string, (() => void) | undefined> = {
      Enter: attachBest ?? actions.choose,
      f: actions.choose,
      c: actions.create,
      x: actions.dismiss,
      s: actions.skip,
    }
    const act = does[event.key]
    if (!act) return
    event.preventDefault()
    act()
  }
  return (
    <li
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the row is what j and k lead to.
      tabIndex={0}
      data-row-link
      data-waiting={acsUser.acsUserId}
      aria-label={`${acsUser.displayName} in ${system.name}`}
      aria-busy={pending}
      onKeyDown={onKeyDown}
      className="scroll-my-16 px-4 py-3 -outline-offset-2 focus-visible:bg-hover aria-busy:opacity-60"
    >
      <div className="grid gap-x-6 gap-y-2.5 sm:grid-cols-2 xl:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_17rem]">
        <div className="flex min-w-0 gap-2.5">
          <SystemMark monogram={system.monogram} systemName={system.name} state="missing" />
          <AcsUserValues acsUser={acsUser} />
        </div>
        <div className="min-w-0 max-sm:pl-[35px]">
          {best ? (
            <Best proposal={best} />
          ) : (
            <p className="text-muted text-sm">
              {taken.length > 0 ? 'Nobody is free in this access system.' : 'Nobody here matches.'}
            </p>
          )}
        </div>
        <div className="flex flex-wrap content-start items-start gap-1.5 pl-[35px] sm:col-span-2 xl:col-span-1 xl:justify-end xl:pl-0">
          {best && actions.attach && (
            <Button
              size="small"
              variant={best.confidence === 'possible' ? 'secondary' : 'primary'}
              pending={pending}
              aria-label={`Attach ${acsUser.displayName} to ${best.displayName}`}
              onClick={() => actions.attach?.(best)}
            >
              <Link2 aria-hidden className="size-3.5" />
              Attach
            </Button>
          )}
          {actions.choose && (
            <Button
              size="small"
              disabled={pending}
              aria-label={`Choose whose ${acsUser.displayName} is`}
              onClick={actions.choose}
            >
              Choose…
            </Button>
          )}
          {actions.create && (
            <Button
              size="small"
              disabled={pending}
              aria-label={`Create an identity from ${acsUser.displayName}`}
              onClick={actions.create}
            >
              <UserPlus aria-hidden className="size-3.5" />
              Create
            </Button>
          )}
          {actions.dismiss && (
            <Button
              size="small"
              variant="ghost"
              disabled={pending}
              aria-label={`${acsUser.displayName} is not a person`}
              onClick={actions.dismiss}
            >
              <IdCard aria-hidden className="size-3.5" />
              Not a person
            </Button>
          )}
          <Button
            size="small"
            variant="ghost"
            disabled={pending}
            aria-label={`Skip ${acsUser.displayName}`}
            onClick={actions.skip}
          >
            <SkipForward aria-hidden className="size-3.5" />
            Skip
          </Button>
        </div>
      </div>
      <Remarks row={row} others={others} pending={pending} actions={actions} />
    </li>
  )
}

function Best({ proposal }: { proposal: Proposal }) {
  return (
    <>
      <ProposalValues proposal={proposal} />
      <span className="mt-1.5 flex flex-wrap items-center gap-1">
        <ConfidenceBadge confidence={proposal.confidence} />
        <Reasons reasons={proposal.reasons} />
        {proposal.differences.length > 0 && (
          <span className="text-warning text-xs">but {proposal.differences.join(', ')}</span>
        )}
      </span>
    </>
  )
}

/** Conflicts, further people, and those who match but have an ACS user there already. */
function Remarks({ row, others, pending, actions }: Omit<QueueRowProps, 'system'> & { others: Proposal[] }) {
  const { proposals, taken, acsUser } = row
  const rivals = proposals[0]?.claimedBy ?? []
  if (rivals.length + others.length + taken.length === 0) return null
  return (
    <div className="mt-2.5 flex flex-col gap-1.5 text-sm sm:pl-9">
      {rivals.length > 0 && (
        <Notice tone="warning">
          Only one ACS user of an access system can be attached to {proposals[0]?.displayName}.{' '}
          {rivals.map((rival) => (
            <span key={rival.acsUserId}>
              <Link href={`/acs-users/${rival.acsUserId}`} prefetch={false} className="font-medium underline">
                <bdi>{rival.displayName}</bdi>
              </Link>{' '}
              matches too: {rival.reasons.join(', ')}.{' '}
            </span>
          ))}
        </Notice>
      )}
      {others.map((other) => (
        <span key={other.userIdentityId} className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="text-muted">Or</span>
          <Link
            href={`/identities/${other.userIdentityId}`}
            prefetch={false}
            className="min-w-0 truncate font-medium hover:underline"
          >
            <bdi>{other.displayName}</bdi>
          </Link>
          <ConfidenceBadge confidence={other.confidence} />
          <Reasons reasons={other.reasons} />
          {other.differences.length > 0 && (
            <span className="text-warning text-xs">but {other.differences.join(', ')}</span>
          )}
          {actions.attach && (
            <Button
              size="small"
              variant="ghost"
              disabled={pending}
              aria-label={`Attach ${acsUser.displayName} to ${other.displayName}`}
              onClick={() => actions.attach?.(other)}
            >
              Attach
            </Button>
          )}
        </span>
      ))}
      {taken.map((person) => (
        <span key={person.userIdentityId} className="text-muted">
          <Link
            href={`/identities/${person.userIdentityId}`}
            prefetch={false}
            className="underline underline-offset-2 hover:text-text"
          >
            <bdi>{person.displayName}</bdi>
          </Link>{' '}
          matches ({person.reasons.join(', ')}), but has <bdi>{person.linkedAcsUserName}</bdi> in this access system
          already.
        </span>
      ))}
    </div>
  )
}
