'use client'

import dynamic from 'next/dynamic'
import { useState } from 'react'
import type { Credential } from '@/lib/access/credentials/credential'
import type { Fix } from '@/lib/access/diagnosis/diagnosis'
import type { SaveAccessSchedule } from '../acs-users/access-schedule-dialog'
import type { ExtendCredential } from '../credentials/extend-credential-dialog'
import type { IssueCredential } from '../credentials/issue-credential-dialog'
import { Button } from '../ui/button'
import { failedToLoad } from '../ui/load-failed'

const AccessScheduleDialog = dynamic(
  () =>
    import('../acs-users/access-schedule-dialog')
      .then((module) => ({ default: module.AccessScheduleDialog }))
      .catch(failedToLoad),
  { ssr: false },
)
const IssueCredentialDialog = dynamic(
  () =>
    import('../credentials/issue-credential-dialog')
      .then((module) => ({ default: module.IssueCredentialDialog }))
      .catch(failedToLoad),
  { ssr: false },
)
const ExtendCredentialDialog = dynamic(
  () =>
    import('../credentials/extend-credential-dialog')
      .then((module) => ({ default: module.ExtendCredentialDialog }))
      .catch(failedToLoad),
  { ssr: false },
)

/** What the dialogs need of what the page knows. */
export type FixContext = {
  acsUser: { acsUserId: string; displayName: string; accessStartsAt: string | null; accessEndsAt: string | null }
  system: { name: string; timeZone: string | null }
  credentials: Pick<Credential, 'acsCredentialId' | 'displayName' | 'endsAt'>[]
}

/** What the dialogs carry out; absent where the viewer's role does not permit it. */
export type DialogActions = {
  saveAccessSchedule?: SaveAccessSchedule
  issueCredential?: IssueCredential
  extendCredential?: ExtendCredential
}

type DialogFixProps = {
  fix: Extract<Fix, { kind: 'change_schedule' | 'issue_credential' | 'extend_credential' }>
  context: FixContext
  actions: DialogActions
}

const labels = {
  change_schedule: 'Change the access schedule…',
  issue_credential: 'Issue a credential…',
  extend_credential: 'Extend the credential…',
}

/** A fix that needs a few words more: a button, and the dialog behind it. */
export function DialogFix({ fix, context, actions }: DialogFixProps) {
  const [shown, setShown] = useState<'fix' | 'issue' | null>(null)
  const { acsUser, system, credentials } = context
  const dialog = { open: true, onOpenChange: (open: boolean) => !open && setShown(null) }
  const issue = fix.kind === 'issue_credential' ? fix : null
  const extended =
    fix.kind === 'extend_credential'
      ? credentials.find(({ acsCredentialId }) => acsCredentialId === fix.acsCredentialId)
      : undefined
  const showsIssue = shown === 'issue' || (shown === 'fix' && issue !== null)
  return (
    <>
      <Button size="small" variant="primary" onClick={() => setShown('fix')}>
        {labels[fix.kind]}
      </Button>
      {fix.kind === 'extend_credential' && actions.issueCredential && (
        <Button size="small" onClick={() => setShown('issue')}>
          Issue another…
        </Button>
      )}
      {shown === 'fix' && fix.kind === 'change_schedule' && actions.saveAccessSchedule && (
        <AccessScheduleDialog {...dialog} acsUser={acsUser} system={system} onSave={actions.saveAccessSchedule} />
      )}
      {shown === 'fix' && extended && actions.extendCredential && (
        <ExtendCredentialDialog
          {...dialog}
          credential={{ ...extended, timeZone: system.timeZone }}
          onExtend={actions.extendCredential}
        />
      )}
      {showsIssue && actions.issueCredential && (
        <IssueCredentialDialog
          {...dialog}
          holder={{ acsUserId: acsUser.acsUserId }}
          door={issue ? { acsEntranceId: issue.acsEntranceId } : undefined}
          onIssue={actions.issueCredential}
        />
      )}
    </>
  )
}
