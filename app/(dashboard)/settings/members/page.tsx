import type { Metadata } from 'next'
import { InvitationsList } from '@/components/members/invitations-list'
import { InviteMember } from '@/components/members/invite-member'
import { MembersList } from '@/components/members/members-list'
import { PageHeader } from '@/components/ui/page-header'
import { Section } from '@/components/ui/section'
import { requireAdmin } from '@/lib/accounts/acting-admin/acting-admin'
import { demoManagerEmail } from '@/lib/accounts/auth/demo-sign-in'
import { listInvitations, listMembers } from '@/lib/accounts/members/queries'
import { mailSettings } from '@/lib/platform/mail-settings'
import { may } from '@/lib/platform/permissions'
import { changeRole, invite, leave, remove, revoke, sendAgain } from './actions'

export const metadata: Metadata = { title: 'Members' }

export default async function MembersPage() {
  const { workspace, userId, email } = await requireAdmin()
  const mayManage = may(workspace.role, 'member.manage')
  const sendsMail = mailSettings() !== null
  const [members, invitations] = await Promise.all([
    listMembers(workspace.workspaceId),
    mayManage ? listInvitations(workspace.workspaceId) : [],
  ])
  return (
    <>
      <PageHeader
        title="Members"
        detail={
          <p className="max-w-prose">
            Who may enter {workspace.name}, and what they may do there.
            {!mayManage && ' Only owners invite members and change their roles.'}
          </p>
        }
        actions={mayManage && <InviteMember onInvite={invite} sendsMail={sendsMail} />}
      />
      <div className="flex flex-col gap-6">
        <div className="rounded-lg border border-line bg-surface max-sm:-mx-4 max-sm:rounded-none max-sm:border-x-0">
          <MembersList
            members={mayManage ? members : members.map((member) => ({ ...member, hasTwoFactor: null }))}
            workspaceName={workspace.name}
            ownUserId={userId}
            onChangeRole={mayManage ? changeRole : undefined}
            onRemove={mayManage ? remove : undefined}
            onLeave={email === demoManagerEmail ? undefined : leave}
          />
        </div>
        {invitations.length > 0 && (
          <Section id="invitations" title="Open invitations">
            <InvitationsList
              invitations={invitations}
              onRevoke={revoke}
              onSendAgain={sendsMail ? sendAgain : undefined}
            />
          </Section>
        )}
      </div>
    </>
  )
}
