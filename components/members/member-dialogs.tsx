'use client'

import { useRef, useState } from 'react'
import type { Role } from '@/lib/auth/permissions'
import type { ActionResult, RefusalValue } from '@/lib/errors'
import { type MemberListItem, roleName } from '@/lib/members/member'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { DialogForm } from '../ui/dialog-form'
import { Notice } from '../ui/notice'
import { useChange } from '../ui/use-change'
import { RoleField } from './role-field'

type ChangeRoleProps = {
  member: MemberListItem
  isSelf: boolean
  onChange: (userId: string, role: Role) => Promise<ActionResult<null>>
  onClose: () => void
}

/** Chooses another role for a member. */
export function ChangeRole({ member, isSelf, onChange, onClose }: ChangeRoleProps) {
  const [role, setRole] = useState(member.role)
  const [refusal, setRefusal] = useState<RefusalValue | null>(null)
  const { pending, carryOut } = useChange()
  const submit = () =>
    carryOut({
      action: () => onChange(member.userId, role),
      done: `${member.name} has the role ${roleName(role)} now.`,
      refused: setRefusal,
      after: onClose,
    })
  return (
    <Dialog open onOpenChange={(open) => !open && !pending && onClose()} title={`Role of ${member.name}`}>
      <DialogForm
        onSubmit={submit}
        onCancel={onClose}
        pending={pending}
        submitLabel="Change role"
        refusal={refusal}
        disabled={role === member.role}
      >
        <RoleField chosen={member.role} onChoose={setRole} />
        {isSelf && role !== member.role && member.role === 'owner' && (
          <Notice tone="warning">This is you: afterwards only another owner can make you an owner again.</Notice>
        )}
      </DialogForm>
    </Dialog>
  )
}

type ConfirmProps = {
  title: string
  children: string
  /** What the button does, and what it says while it does. */
  label: string
  pendingLabel: string
  action: () => Promise<ActionResult<null>>
  /** Said once it is done. */
  done?: string
  onClose: (isDone: boolean) => void
}

/** Asks before something is done that only an owner can make good again. */
export function Confirm({ title, children, label, pendingLabel, action, done, onClose }: ConfirmProps) {
  const [refusal, setRefusal] = useState<RefusalValue | null>(null)
  const { pending, carryOut } = useChange()
  const cancel = useRef<HTMLButtonElement>(null)
  return (
    <Dialog open onOpenChange={(open) => !open && !pending && onClose(false)} title={title} initialFocus={cancel}>
      <div className="flex flex-col gap-4 px-5 pt-3 pb-5">
        <p className="text-sm">{children}</p>
        {refusal && (
          <div role="alert">
            <Notice tone="danger">{refusal.message}</Notice>
          </div>
        )}
        <div className="flex justify-end gap-2">
          <Button ref={cancel} onClick={() => onClose(false)}>
            Cancel
          </Button>
          <Button
            variant="danger"
            pending={pending}
            onClick={() => carryOut({ action, done, refused: setRefusal, after: () => onClose(true) })}
          >
            {pending ? pendingLabel : label}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
