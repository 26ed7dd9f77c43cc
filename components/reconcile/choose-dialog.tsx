'use client'

import { useRef } from 'react'
import { IdentityChoice } from '../acs-users/identity-choice'
import { Dialog } from '../ui/dialog'

type ChooseDialogProps = {
  acsUser: { acsUserId: string; displayName: string }
  onChoose: (person: { userIdentityId: string; displayName: string }) => void
  onClose: () => void
}

/** Searches for whose an ACS user is, where the proposals are wrong or there are none. */
export function ChooseDialog({ acsUser, onChoose, onClose }: ChooseDialogProps) {
  const search = useRef<HTMLInputElement>(null)
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Whose is ${acsUser.displayName}?`}
      width="wide"
      initialFocus={search}
    >
      <div className="mt-3 border-line border-t">
        <IdentityChoice acsUserId={acsUser.acsUserId} onChoose={onChoose} inputRef={search} />
      </div>
    </Dialog>
  )
}
