'use client'

import { useState } from 'react'
import { type MemberListItem, roleName } from '@/lib/accounts/members/member'
import type { Role } from '@/lib/platform/permissions'
import type { ActionResult, RefusalValue } from '@/lib/platform/refusals'
import { DialogForm } from '../ui/dialog-form'
import { LazyDialog } from '../ui/lazy-dialog'
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
    <LazyDialog open onOpenChange={(open) => !open && !pending && onClose()} title={`Role of ${member.name}`}>
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
    </LazyDialog>
  )
}
