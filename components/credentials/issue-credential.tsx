'use client'

import dynamic from 'next/dynamic'
import { useState } from 'react'
import { Button } from '../ui/button'
import { failedToLoad } from '../ui/load-failed'
import type { IssueCredential as Issue } from './issue-credential-dialog'

const load = () =>
  import('./issue-credential-dialog').then((module) => ({ default: module.IssueCredentialDialog })).catch(failedToLoad)
const IssueCredentialDialog = dynamic(load, { ssr: false })

type IssueCredentialProps = { holder: { userIdentityId: string } | { acsUserId: string }; onIssue: Issue }

/** The button that issues a mobile credential. */
export function IssueCredential({ holder, onIssue }: IssueCredentialProps) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button size="small" onPointerEnter={load} onFocus={load} onClick={() => setOpen(true)}>
        Issue mobile credential…
      </Button>
      {open && <IssueCredentialDialog open onOpenChange={setOpen} holder={holder} onIssue={onIssue} />}
    </>
  )
}
