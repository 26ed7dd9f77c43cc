'use client'

import Link from 'next/link'
import { acsUserProblems } from '@/lib/access/acs-users/acs-user'
import type { LinkedAcsUser } from '@/lib/access/acs-users/queries'
import { type AccessSystem, accessSystemHealth } from '@/lib/access/systems/access-system'
import type { SuggestedAcsUser } from '@/lib/people/matching/queries'
import { SystemMark } from '../access-systems/system-mark'
import { AccessSchedule } from '../acs-users/access-schedule'
import { type AcsUserActionSet, AcsUserActions } from '../acs-users/acs-user-actions'
import { AcsUserBadges } from '../acs-users/acs-user-badges'
import { Reasons } from '../acs-users/reasons'
import { Badge } from '../ui/badge'
import { Button } from '../ui/button'
import { RelativeTime, useNow } from '../ui/viewer-time'
import { type ProfileComparison, ProfileWarning } from './profile-warning'

/** As much of an ACS user as is known while it is being attached. */
export type AttachingAcsUser = {
  acsUserId: string
  displayName: string
  emailAddress: string | null
  phoneNumber: string | null
}

type SystemRowProps = {
  system: AccessSystem
  acsUser: LinkedAcsUser | null
  /** What it will be once the server agrees: null when it is being detached, undefined when nothing changes. */
  pending: AttachingAcsUser | null | undefined
  suggestion: SuggestedAcsUser | null
  moreSuggestions: number
  mayLink: boolean
  actions: AcsUserActionSet
  comparison: ProfileComparison
  onAttach: (user: AttachingAcsUser) => void
  onChoose: () => void
  onDetach: (user: AttachingAcsUser) => void
}

/** The id of an access system's row in the page. */
export const systemRowId = (acsSystemId: string) => `access-system-${acsSystemId}`

/** One access system on a person's page. */
export function SystemRow(props: SystemRowProps) {
  const { system, acsUser, pending, suggestion, mayLink } = props
  const shown = pending === undefined ? acsUser : pending
  const now = useNow()
  const hasProblem = acsUser !== null && pending === undefined && acsUserProblems(acsUser, now).length > 0
  return (
    <li
      id={systemRowId(system.acsSystemId)}
      tabIndex={-1}
      aria-label={system.name}
      aria-busy={pending !== undefined}
      className="flex flex-wrap items-start gap-x-4 gap-y-2 px-4 py-3"
    >
      <div className="w-52 min-w-0 max-sm:w-full">
        <span className="flex items-center gap-2">
          <SystemMark
            monogram={system.monogram}
            systemName={system.name}
            state={shown ? (hasProblem ? 'problem' : 'linked') : 'missing'}
          />
          <Link
            href={`/access-systems/${system.acsSystemId}`}
            className="truncate font-medium text-sm hover:underline"
            title={system.name}
          >
            {system.name}
          </Link>
        </span>
        {accessSystemHealth(system) === 'error' && (
          <span className="mt-1 block pl-[33px]">
            <Badge tone="danger">Not reachable</Badge>
          </span>
        )}
      </div>
      <div className="min-w-0 flex-1 basis-56 text-sm">
        {shown ? (
          <Linked shown={shown} acsUser={pending === undefined ? acsUser : null} comparison={props.comparison} />
        ) : (
          <Missing {...props} suggestion={pending === undefined ? suggestion : null} />
        )}
      </div>
      <div className="flex shrink-0 flex-wrap gap-2">
        {acsUser && pending === undefined && (
          <AcsUserActions acsUser={acsUser} system={system} actions={props.actions} size="small" />
        )}
        {mayLink &&
          (shown ? (
            <Button
              size="small"
              disabled={pending !== undefined}
              aria-label={`Detach ${shown.displayName} in ${system.name}`}
              onClick={() => props.onDetach(shown)}
            >
              Detach
            </Button>
          ) : (
            <>
              {suggestion?.isStrong && pending === undefined && (
                <Button
                  size="small"
                  variant="primary"
                  aria-label={`Attach ${suggestion.displayName} in ${system.name}`}
                  onClick={() => props.onAttach(suggestion)}
                >
                  Attach
                </Button>
              )}
              <Button
                size="small"
                disabled={pending !== undefined}
                aria-label={`Choose an ACS user of ${system.name}`}
                onClick={props.onChoose}
              >
                Choose…
              </Button>
            </>
          ))}
      </div>
    </li>
  )
}

type LinkedProps = { shown: AttachingAcsUser; acsUser: LinkedAcsUser | null; comparison: ProfileComparison }

function Linked({ shown, acsUser, comparison }: LinkedProps) {
  const contact = [shown.emailAddress, shown.phoneNumber].filter(Boolean).join(' · ')
  return (
    <>
      <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
        {acsUser ? (
          <Link href={`/acs-users/${acsUser.acsUserId}`} className="min-w-0 truncate font-medium hover:underline">
            <bdi>{shown.displayName}</bdi>
          </Link>
        ) : (
          <bdi className="min-w-0 truncate font-medium">{shown.displayName}</bdi>
        )}
        {acsUser ? <AcsUserBadges standing={acsUser} /> : <Badge tone="waiting">Attaching</Badge>}
      </span>
      {contact && <span className="block text-muted [overflow-wrap:anywhere]">{contact}</span>}
      {acsUser && (
        <span className="block text-muted text-xs">
          {(acsUser.accessStartsAt || acsUser.accessEndsAt) && (
            <>
              <AccessSchedule standing={acsUser} /> ·{' '}
            </>
          )}
          {acsUser.linkedAt && (
            <>
              Linked <RelativeTime at={acsUser.linkedAt} />
              {acsUser.linkedBy && ` by ${acsUser.linkedBy}`}
            </>
          )}
        </span>
      )}
      {acsUser && <ProfileWarning comparison={comparison} acsUserId={acsUser.acsUserId} />}
    </>
  )
}

function Missing({ suggestion, moreSuggestions }: Pick<SystemRowProps, 'suggestion' | 'moreSuggestions'>) {
  if (!suggestion) return <span className="text-muted">Not linked</span>
  const contact = [suggestion.emailAddress, suggestion.phoneNumber].filter(Boolean).join(' · ')
  return (
    <>
      <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <span className="text-muted">{suggestion.isStrong ? 'Suggested:' : 'Perhaps:'}</span>
        <bdi className="min-w-0 truncate font-medium">{suggestion.displayName}</bdi>
        <Reasons reasons={suggestion.reasons} />
      </span>
      <span className="block text-muted [overflow-wrap:anywhere]">
        {contact}
        {moreSuggestions > 0 && `${contact ? ' · ' : ''}and ${moreSuggestions} more`}
      </span>
    </>
  )
}
