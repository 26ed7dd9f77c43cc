'use client'

import { useRef, useState } from 'react'
import { type MemberListItem, roleName } from '@/lib/accounts/members/member'
import type { Role } from '@/lib/platform/permissions'
import type { ActionResult } from '@/lib/platform/refusals'
import { Avatar } from '../ui/avatar'
import { Button } from '../ui/button'
import { Confirm } from '../ui/confirm'
import { RelativeTime } from '../ui/viewer-time'
import { ChangeRole } from './change-role'

type MembersListProps = {
  members: MemberListItem[]
  workspaceName: string
  ownUserId: string
  /** Left out for who may not. */
  onChangeRole?: (userId: string, role: Role) => Promise<ActionResult<null>>
  onRemove?: (userId: string) => Promise<ActionResult<null>>
  /** Left out for the account that everybody shares. */
  onLeave?: () => Promise<ActionResult<null>>
}

type Asking = { kind: 'role' | 'remove' | 'leave'; member: MemberListItem }

/** Who may enter a workspace, and as what. */
export function MembersList(props: MembersListProps) {
  const { members, workspaceName, ownUserId, onChangeRole, onRemove, onLeave } = props
  const [asking, setAsking] = useState<Asking | null>(null)
  const list = useRef<HTMLUListElement>(null)
  const close = () => setAsking(null)
  return (
    <>
      <ul ref={list} tabIndex={-1} aria-label="Members" className="divide-y divide-line outline-none">
        {members.map((member) => {
          const isSelf = member.userId === ownUserId
          return (
            <li
              key={member.userId}
              className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 text-sm sm:flex-nowrap"
            >
              <Avatar id={member.userId} name={member.name} />
              <div className="min-w-0 flex-1">
                <p className="font-medium [overflow-wrap:anywhere]">
                  <bdi>{member.name}</bdi>
                  {isSelf && <span className="font-normal text-muted"> (you)</span>}
                </p>
                <p className="truncate text-muted" title={member.email}>
                  {member.email}
                </p>
              </div>
              <div className="max-sm:order-1 max-sm:basis-full max-sm:pl-11 sm:w-40 sm:shrink-0">
                <p>{roleName(member.role)}</p>
                <p className="text-muted">
                  Joined <RelativeTime at={member.joinedAt} />
                </p>
                {member.hasTwoFactor !== null && (
                  <p className="text-muted">{member.hasTwoFactor ? 'Two-factor on' : 'Two-factor off'}</p>
                )}
              </div>
              <div className="flex shrink-0 justify-end gap-2 max-sm:order-2 max-sm:basis-full max-sm:justify-start max-sm:pl-11 sm:w-52">
                {onChangeRole && (
                  <Button
                    size="small"
                    aria-label={`Change role of ${member.name}`}
                    onClick={() => setAsking({ kind: 'role', member })}
                  >
                    Change role…
                  </Button>
                )}
                {isSelf
                  ? onLeave && (
                      <Button size="small" onClick={() => setAsking({ kind: 'leave', member })}>
                        Leave…
                      </Button>
                    )
                  : onRemove && (
                      <Button
                        size="small"
                        aria-label={`Remove ${member.name}`}
                        onClick={() => setAsking({ kind: 'remove', member })}
                      >
                        Remove…
                      </Button>
                    )}
              </div>
            </li>
          )
        })}
      </ul>
      {asking?.kind === 'role' && onChangeRole && (
        <ChangeRole
          member={asking.member}
          isSelf={asking.member.userId === ownUserId}
          onChange={onChangeRole}
          onClose={close}
        />
      )}
      {asking?.kind === 'remove' && onRemove && (
        <Confirm
          title={`Remove ${asking.member.name}?`}
          label="Remove member"
          pendingLabel="Removing…"
          action={() => onRemove(asking.member.userId)}
          done={`${asking.member.name} was removed from the workspace.`}
          onClose={(isDone) => {
            close()
            // The button that opened the dialog goes with the member.
            if (isDone) setTimeout(() => list.current?.focus({ preventScroll: true }), 50)
          }}
        >
          {`They are out of “${workspaceName}” with their next click. Their account stays, and so does what they did in the history. API keys that they created go on working: revoke those that they know.`}
        </Confirm>
      )}
      {asking?.kind === 'leave' && onLeave && (
        <Confirm
          title={`Leave “${workspaceName}”?`}
          label="Leave workspace"
          pendingLabel="Leaving…"
          action={onLeave}
          // Everything on screen belongs to the workspace: start afresh.
          onClose={(isDone) => (isDone ? window.location.assign('/') : close())}
        >
          You are out at once, and only an owner can invite you again.
        </Confirm>
      )}
    </>
  )
}
