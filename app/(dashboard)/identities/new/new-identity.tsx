import { IdentityForm } from '@/components/identities/identity-form'
import { Notice } from '@/components/ui/notice'
import { getAcsUser } from '@/lib/access/acs-users/queries'
import { requireAdmin } from '@/lib/accounts/acting-admin/acting-admin'
import { may } from '@/lib/platform/permissions'
import { orNotFound } from '../../or-not-found'
import { createIdentity } from '../actions'

/** The form for a new person; with an ACS user, filled from it and attached to it. */
export async function NewIdentity({ acsUserId }: { acsUserId?: string }) {
  const { workspace } = await requireAdmin()
  if (!may(workspace.role, 'identity.write')) {
    return <Notice tone="info">Your role in this workspace does not permit creating identities. Ask an owner.</Notice>
  }
  const acsUser = typeof acsUserId === 'string' ? await orNotFound(getAcsUser(workspace.workspaceId, acsUserId)) : null
  return (
    <IdentityForm
      action={createIdentity}
      submitLabel="Create identity"
      pendingLabel="Creating…"
      initial={{
        full_name: acsUser?.fullName ?? '',
        email_address: acsUser?.emailAddress ?? '',
        phone_number: acsUser?.phoneNumberE164 ?? acsUser?.phoneNumber ?? '',
        user_identity_key: '',
      }}
      hidden={acsUser ? { acs_user_id: acsUser.acsUserId } : {}}
    >
      {acsUser && (
        <Notice tone="info">
          “{acsUser.displayName}” in {acsUser.acsSystemName} will be attached to the new identity.
        </Notice>
      )}
    </IdentityForm>
  )
}
