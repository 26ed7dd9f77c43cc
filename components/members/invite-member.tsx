'use client'

import { UserPlus } from 'lucide-react'
import { useState } from 'react'
import { ButtonLink } from '../ui/button'
import { LazyDialog } from '../ui/lazy-dialog'
import { InviteForm, type InviteFormProps } from './invite-form'

type InviteMemberProps = Pick<InviteFormProps, 'onInvite' | 'sendsMail'>

/** The button that invites somebody, in a dialog; without JavaScript, on a page of its own. */
export function InviteMember({ onInvite, sendsMail }: InviteMemberProps) {
  const [open, setOpen] = useState(false)
  const [showsLink, setShowsLink] = useState(false)
  const close = () => {
    setOpen(false)
    setShowsLink(false)
  }
  return (
    <>
      <ButtonLink
        variant="primary"
        href="/settings/members/invite"
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey) return
          event.preventDefault()
          setOpen(true)
        }}
      >
        <UserPlus aria-hidden className="size-4" />
        Invite
      </ButtonLink>
      <LazyDialog
        open={open}
        onOpenChange={(next) => !next && close()}
        staysOpen={showsLink}
        title={showsLink ? 'Invitation created' : 'Invite to the workspace'}
      >
        <div className="px-5 pt-3 pb-5">
          <InviteForm onInvite={onInvite} sendsMail={sendsMail} onInvited={() => setShowsLink(true)} onClose={close} />
        </div>
      </LazyDialog>
    </>
  )
}
