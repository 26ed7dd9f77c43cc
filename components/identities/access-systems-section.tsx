'use client'

import dynamic from 'next/dynamic'
import { useOptimistic, useState } from 'react'
import type { LinkedAcsUser } from '@/lib/access/acs-users/queries'
import type { AccessSystem } from '@/lib/access/systems/access-system'
import type { SuggestedAcsUser } from '@/lib/people/matching/queries'
import type { ActionResult } from '@/lib/platform/refusals'
import type { AcsUserActionSet } from '../acs-users/acs-user-actions'
import type { AttachChoice } from '../acs-users/attach-dialog'
import { Button } from '../ui/button'
import { LazyDialog } from '../ui/lazy-dialog'
import { failedToLoad } from '../ui/load-failed'
import { Section } from '../ui/section'
import { TextLink } from '../ui/text-link'
import { useChange } from '../ui/use-change'
import type { ProfileComparison } from './profile-warning'
import { type AttachingAcsUser, SystemRow, systemRowId } from './system-row'

const AttachDialog = dynamic(
  () => import('../acs-users/attach-dialog').then((module) => ({ default: module.AttachDialog })).catch(failedToLoad),
  { ssr: false },
)

type LinkActions = {
  attach: (link: { userIdentityId: string; acsUserId: string; moveFrom?: string | null }) => Promise<ActionResult<null>>
  detach: (link: { userIdentityId: string; acsUserId: string }) => Promise<ActionResult<null>>
  createAndAttach: (target: {
    userIdentityId: string
    acsSystemId: string
  }) => Promise<ActionResult<{ acsUserId: string }>>
}

type AccessSystemsSectionProps = {
  person: ProfileComparison['person']
  systems: { system: AccessSystem; acsUser: LinkedAcsUser | null; suggestions: SuggestedAcsUser[] }[]
  actions: LinkActions
  acsUserActions: AcsUserActionSet
  onSaveProfiles?: ProfileComparison['onSave']
  mayWriteIdentity: boolean
  mayLink: boolean
  mayCreate: boolean
}

/** What a row shows while its change is on the way to the server. */
type Pending = { acsSystemId: string; acsUser: AttachingAcsUser | null }

/**
 * One row for each access system of the workspace: the person's ACS user there, or how to attach
 * one. Changes show at once; a refused one goes back and says why.
 */
export function AccessSystemsSection(props: AccessSystemsSectionProps) {
  const { person, systems, actions, mayLink, mayCreate } = props
  const { userIdentityId } = person
  const [choosingFor, setChoosingFor] = useState<AccessSystem | null>(null)
  const [moving, setMoving] = useState<{ system: AccessSystem; choice: AttachChoice } | null>(null)
  const { carryOut } = useChange()
  const [pending, addPending] = useOptimistic<Pending[], Pending>([], (others, change) => [
    ...others.filter(({ acsSystemId }) => acsSystemId !== change.acsSystemId),
    change,
  ])

  /** Runs a change: at once on screen, then on the server. */
  const change = <Value,>(
    optimistic: Pending,
    action: () => Promise<ActionResult<Value>>,
    words: { done: string; undone: string },
  ) =>
    carryOut({
      action,
      before: () => {
        addPending(optimistic)
        focusRow(optimistic.acsSystemId)
      },
      ...words,
    })

  const attach = (system: AccessSystem, user: AttachingAcsUser, moveFrom: AttachChoice['holder'] = null): void => {
    const { acsSystemId, name } = system
    const { acsUserId, displayName } = user
    change(
      { acsSystemId, acsUser: user },
      () => actions.attach({ userIdentityId, acsUserId, moveFrom: moveFrom?.userIdentityId }),
      moveFrom
        ? {
            done: `Moved ${displayName} from ${moveFrom.displayName} to ${person.displayName}.`,
            undone: `Moved ${displayName} back to ${moveFrom.displayName}.`,
          }
        : { done: `Attached ${displayName} in ${name}.`, undone: `Detached ${displayName} in ${name}.` },
    )
  }

  const detach = (system: AccessSystem, user: AttachingAcsUser): void => {
    const { acsSystemId, name } = system
    change({ acsSystemId, acsUser: null }, () => actions.detach({ userIdentityId, acsUserId: user.acsUserId }), {
      done: `Detached ${user.displayName} in ${name}.`,
      undone: `Attached ${user.displayName} in ${name}.`,
    })
  }

  const create = (system: AccessSystem) => {
    setChoosingFor(null)
    const { acsSystemId, name } = system
    const acsUser = { acsUserId: '', displayName: person.displayName, emailAddress: null, phoneNumber: null }
    change({ acsSystemId, acsUser }, () => actions.createAndAttach({ userIdentityId, acsSystemId }), {
      done: `Created an ACS user in ${name} and attached it.`,
      undone: `Deleted the ACS user in ${name} again.`,
    })
  }

  const comparison: ProfileComparison = {
    person,
    linked: systems.flatMap(({ system, acsUser }) => (acsUser ? [{ systemName: system.name, acsUser }] : [])),
    mayWriteIdentity: props.mayWriteIdentity,
    onSave: props.onSaveProfiles,
  }
  const linkedCount = systems.filter(({ acsUser }) => acsUser).length
  return (
    <Section
      id="access-systems"
      title="Access systems"
      aside={
        <span className="text-muted text-sm">
          Linked in {linkedCount} of {systems.length}
        </span>
      }
    >
      {systems.length === 0 ? (
        <p className="px-4 py-6 text-center text-muted text-sm">
          This workspace has no access system yet. <TextLink href="/access-systems">Add one</TextLink>, then attach this
          person’s ACS users.
        </p>
      ) : (
        <ul className="divide-y divide-line">
          {systems.map(({ system, acsUser, suggestions }) => (
            <SystemRow
              key={system.acsSystemId}
              system={system}
              acsUser={acsUser}
              pending={pending.find(({ acsSystemId }) => acsSystemId === system.acsSystemId)?.acsUser}
              suggestion={suggestions[0] ?? null}
              moreSuggestions={Math.max(0, suggestions.length - 1)}
              mayLink={mayLink}
              actions={props.acsUserActions}
              comparison={comparison}
              onAttach={(user) => attach(system, user)}
              onChoose={() => setChoosingFor(system)}
              onDetach={(user) => detach(system, user)}
            />
          ))}
        </ul>
      )}
      {choosingFor && (
        <AttachDialog
          open
          onOpenChange={(open) => !open && setChoosingFor(null)}
          person={person}
          system={choosingFor}
          onCreate={mayCreate ? () => create(choosingFor) : undefined}
          onChoose={(choice) => {
            setChoosingFor(null)
            if (choice.holder) setMoving({ system: choosingFor, choice })
            else attach(choosingFor, choice)
          }}
        />
      )}
      {moving && (
        <LazyDialog
          open
          onOpenChange={(open) => !open && setMoving(null)}
          title={`Move ${moving.choice.displayName}?`}
          description={`In ${moving.system.name} this ACS user is attached to ${moving.choice.holder?.displayName}, who will have none there. The credentials move with it.`}
        >
          <div className="flex justify-end gap-2 px-5 py-4">
            <Button onClick={() => setMoving(null)}>Cancel</Button>
            <Button
              variant="primary"
              onClick={() => {
                attach(moving.system, moving.choice, moving.choice.holder)
                setMoving(null)
              }}
            >
              Move to {person.displayName}
            </Button>
          </div>
        </LazyDialog>
      )}
    </Section>
  )
}

/** The button that was pressed is another one now, or gone with its dialog: the focus stays with the row. */
function focusRow(acsSystemId: string): void {
  setTimeout(() => document.getElementById(systemRowId(acsSystemId))?.focus({ preventScroll: true }), 50)
}
