'use client'

import { Ellipsis } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import type { ActionResult } from '@/lib/platform/refusals'
import type { IssueCredential } from '../credentials/issue-credential-dialog'
import { LazyMenu } from '../shell/lazy-menu'
import { Button } from '../ui/button'
import { iconButtonClass } from '../ui/icon-button'
import { failedToLoad } from '../ui/load-failed'
import { useChange } from '../ui/use-change'
import type { SaveAccessGroups } from './access-groups-dialog'
import type { SaveAccessSchedule } from './access-schedule-dialog'
import type { AcsUserDialog } from './acs-user-menu'

const loadMenu = () => import('./acs-user-menu').catch(failedToLoad)
const AcsUserMenu = dynamic(loadMenu, { ssr: false })
const AccessScheduleDialog = dynamic(
  () =>
    import('./access-schedule-dialog').then((module) => ({ default: module.AccessScheduleDialog })).catch(failedToLoad),
  { ssr: false },
)
const AccessGroupsDialog = dynamic(
  () => import('./access-groups-dialog').then((module) => ({ default: module.AccessGroupsDialog })).catch(failedToLoad),
  { ssr: false },
)
const IssueCredentialDialog = dynamic(
  () =>
    import('../credentials/issue-credential-dialog')
      .then((module) => ({ default: module.IssueCredentialDialog }))
      .catch(failedToLoad),
  { ssr: false },
)

/** What an admin may do with an ACS user; what their role does not permit is absent. */
export type AcsUserActionSet = {
  suspension?: {
    suspend: (acsUserId: string) => Promise<ActionResult<null>>
    unsuspend: (acsUserId: string) => Promise<ActionResult<null>>
  }
  profile?: { saveAccessSchedule: SaveAccessSchedule; saveAccessGroups: SaveAccessGroups }
  issueCredential?: IssueCredential
}

type AcsUserActionsProps = {
  acsUser: {
    acsUserId: string
    displayName: string
    isSuspended: boolean
    accessStartsAt: string | null
    accessEndsAt: string | null
  }
  system: { name: string; timeZone: string | null }
  actions: AcsUserActionSet
  size?: 'regular' | 'small'
}

/** Suspends an ACS user or lifts its suspension; schedule, groups and credentials are in a menu. */
export function AcsUserActions({ acsUser, system, actions, size }: AcsUserActionsProps) {
  const [shown, setShown] = useState<AcsUserDialog | null>(null)
  const { pending, carryOut } = useChange()
  const { suspension, profile, issueCredential } = actions
  const { acsUserId, displayName, isSuspended } = acsUser
  const toggleSuspension = ({ suspend, unsuspend }: NonNullable<typeof suspension>) => {
    const suspended = `Suspended ${displayName} in ${system.name}.`
    const lifted = `Lifted the suspension of ${displayName} in ${system.name}.`
    carryOut(
      isSuspended
        ? { action: () => unsuspend(acsUserId), done: lifted, undone: suspended }
        : { action: () => suspend(acsUserId), done: suspended, undone: lifted },
    )
  }
  const look = {
    label: `More for ${displayName} in ${system.name}`,
    className: iconButtonClass('border border-control/60'),
    trigger: <Ellipsis aria-hidden className="size-4" />,
  }
  const dialog = { open: true, onOpenChange: (open: boolean) => !open && setShown(null) }
  return (
    <>
      {suspension && (
        <Button
          size={size}
          pending={pending}
          aria-label={
            size === 'small'
              ? `${isSuspended ? 'Lift suspension of' : 'Suspend'} ${displayName} in ${system.name}`
              : undefined
          }
          onClick={() => toggleSuspension(suspension)}
        >
          {isSuspended ? 'Lift suspension' : 'Suspend'}
        </Button>
      )}
      {(profile || issueCredential) && (
        <LazyMenu {...look} preload={loadMenu}>
          <AcsUserMenu {...look} hasProfile={!!profile} hasCredentials={!!issueCredential} onChoose={setShown} />
        </LazyMenu>
      )}
      {profile && shown === 'schedule' && (
        <AccessScheduleDialog {...dialog} acsUser={acsUser} system={system} onSave={profile.saveAccessSchedule} />
      )}
      {profile && shown === 'groups' && (
        <AccessGroupsDialog {...dialog} acsUser={acsUser} system={system} onSave={profile.saveAccessGroups} />
      )}
      {issueCredential && shown === 'credential' && (
        <IssueCredentialDialog {...dialog} holder={{ acsUserId }} onIssue={issueCredential} />
      )}
    </>
  )
}
