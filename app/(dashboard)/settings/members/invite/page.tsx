import type { Metadata } from 'next'
import { InviteForm } from '@/components/members/invite-form'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { requireAdmin } from '@/lib/accounts/acting-admin/acting-admin'
import { mailSettings } from '@/lib/platform/mail-settings'
import { may } from '@/lib/platform/permissions'
import { invite } from '../actions'

export const metadata: Metadata = { title: 'Invite to the workspace' }

/** The dialog of the list as a page: for browsers without JavaScript, and for a link. */
export default async function InvitePage() {
  const { workspace } = await requireAdmin()
  return (
    <div className="max-w-md">
      <PageHeader title="Invite to the workspace" />
      {may(workspace.role, 'member.manage') ? (
        <InviteForm onInvite={invite} sendsMail={mailSettings() !== null} />
      ) : (
        <Notice tone="info">Only owners invite members. Ask an owner of the workspace.</Notice>
      )}
    </div>
  )
}
