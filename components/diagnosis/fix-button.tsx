'use client'

import type { Fix } from '@/lib/access/diagnosis/diagnosis'
import type { GroupWithDoor } from '@/lib/access/diagnosis/queries'
import type { ActionResult } from '@/lib/platform/refusals'
import { systemRowId } from '../identities/system-row'
import { Button, buttonClass } from '../ui/button'
import { useChange } from '../ui/use-change'
import { type DialogActions, DialogFix, type FixContext } from './dialog-fix'

export type DiagnosisActions = {
  attach: (link: { userIdentityId: string; acsUserId: string }) => Promise<ActionResult<null>>
  createAndAttach: (target: {
    userIdentityId: string
    acsSystemId: string
  }) => Promise<ActionResult<{ acsUserId: string }>>
  unsuspend: (acsUserId: string) => Promise<ActionResult<null>>
  addToAccessGroup: (membership: { acsUserId: string; acsAccessGroupId: string }) => Promise<ActionResult<null>>
  grantDoor: (grant: { acsUserId: string; acsEntranceId: string }) => Promise<ActionResult<null>>
}

type FixButtonProps = {
  fix: Fix
  person: { userIdentityId: string; displayName: string }
  door: { displayName: string }
  system: { name: string }
  actions: DiagnosisActions
  may: { link: boolean; create: boolean; suspend: boolean; write: boolean }
  /** For a fix by an access group: those that have the door. */
  groups: GroupWithDoor[]
  /** For a fix in a dialog; null where there is no ACS user. */
  context: FixContext | null
  dialogActions: DialogActions
}

const otherLinkClass = buttonClass({ size: 'small' })

/** What mends a broken link, as a button, or as the way to where it is done. */
export function FixButton(props: FixButtonProps) {
  const { fix, person, door, system, actions, may, groups, context, dialogActions } = props
  const { pending, carryOut } = useChange()
  const { userIdentityId } = person
  switch (fix.kind) {
    case 'attach_acs_user':
      if (!may.link) return <NotPermitted />
      return (
        <>
          <Button
            size="small"
            variant="primary"
            pending={pending}
            onClick={() =>
              carryOut({
                action: () => actions.attach({ userIdentityId, acsUserId: fix.acsUserId }),
                done: `Attached ${fix.displayName} in ${system.name}.`,
                undone: `Detached ${fix.displayName} in ${system.name}.`,
                after: focusResult,
              })
            }
          >
            Attach {fix.displayName}
          </Button>
          <ChooseAcsUser acsSystemId={fix.acsSystemId} label="Choose another…" />
        </>
      )
    case 'create_acs_user':
      if (!may.link && !may.create) return <NotPermitted />
      return (
        <>
          {may.create && (
            <Button
              size="small"
              variant="primary"
              pending={pending}
              onClick={() =>
                carryOut({
                  action: () => actions.createAndAttach({ userIdentityId, acsSystemId: fix.acsSystemId }),
                  done: `Created an ACS user in ${system.name} and attached it.`,
                  undone: `Deleted the ACS user in ${system.name} again.`,
                  after: focusResult,
                })
              }
            >
              Create an ACS user
            </Button>
          )}
          {may.link && <ChooseAcsUser acsSystemId={fix.acsSystemId} label="Attach one…" />}
        </>
      )
    case 'unsuspend':
      if (!may.suspend) return <NotPermitted />
      return (
        <Button
          size="small"
          variant="primary"
          pending={pending}
          onClick={() =>
            carryOut({
              action: () => actions.unsuspend(fix.acsUserId),
              done: `Lifted the suspension of ${fix.displayName}.`,
              undone: `Suspended ${fix.displayName} again.`,
              after: focusResult,
            })
          }
        >
          Lift suspension
        </Button>
      )
    case 'add_to_access_group':
      if (!may.write) return <NotPermitted />
      return (
        <ul className="w-full divide-y divide-line rounded-md border border-line bg-surface text-text">
          {groups.map(({ acsAccessGroupId, name, doors }) => (
            <Choice
              key={acsAccessGroupId}
              name={`Access group ${name}`}
              detail={doors === 1 ? 'Opens this door alone' : `Opens ${doors} doors`}
              pending={pending}
              label="Add"
              title={`Add to ${name}`}
              onChoose={() =>
                carryOut({
                  action: () => actions.addToAccessGroup({ acsUserId: fix.acsUserId, acsAccessGroupId }),
                  done: `Added to the access group ${name}.`,
                  undone: `Removed from the access group ${name}.`,
                  after: focusResult,
                })
              }
            />
          ))}
          <Choice
            name="This door by itself"
            detail="Without any access group"
            pending={pending}
            label="Grant"
            title={`Grant ${door.displayName} by itself`}
            onChoose={() =>
              carryOut({
                action: () => actions.grantDoor({ acsUserId: fix.acsUserId, acsEntranceId: fix.acsEntranceId }),
                done: `Granted ${door.displayName}.`,
                undone: `Took ${door.displayName} away again.`,
                after: focusResult,
              })
            }
          />
        </ul>
      )
    case 'change_schedule':
    case 'issue_credential':
    case 'extend_credential':
      if (!context || !permits(dialogActions, fix.kind)) return <NotPermitted />
      return <DialogFix fix={fix} context={context} actions={dialogActions} />
    case 'none':
      return null
  }
}

function permits(actions: DialogActions, kind: 'change_schedule' | 'issue_credential' | 'extend_credential'): boolean {
  if (kind === 'change_schedule') return actions.saveAccessSchedule !== undefined
  return (kind === 'issue_credential' ? actions.issueCredential : actions.extendCredential) !== undefined
}

/** The row of the access system has all there is to choose from. */
function ChooseAcsUser({ acsSystemId, label }: { acsSystemId: string; label: string }) {
  return (
    <a href={`#${systemRowId(acsSystemId)}`} className={otherLinkClass}>
      {label}
    </a>
  )
}

type ChoiceProps = {
  name: string
  detail: string
  label: string
  title: string
  pending: boolean
  onChoose: () => void
}

function Choice({ name, detail, label, title, pending, onChoose }: ChoiceProps) {
  return (
    <li className="flex items-center gap-3 px-3 py-1.5">
      <span className="min-w-0 flex-1">
        <span className="block [overflow-wrap:anywhere]">{name}</span>
        <span className="block text-muted text-xs">{detail}</span>
      </span>
      <Button size="small" aria-label={title} pending={pending} onClick={onChoose}>
        {label}
      </Button>
    </li>
  )
}

function NotPermitted() {
  return <p className="text-sm">Your role does not permit this. Ask a manager of the workspace.</p>
}

/** The id of what the diagnosis says. */
export const diagnosisResultId = 'diagnosis-result'

/** The button that was pressed goes once the door opens: the focus stays with what the diagnosis says now. */
function focusResult(): void {
  setTimeout(() => document.getElementById(diagnosisResultId)?.focus({ preventScroll: true }), 50)
}
