import type { AcsUserActionSet } from '@/components/acs-users/acs-user-actions'
import type { CredentialActions } from '@/components/credentials/credentials-table'
import { may, type Role } from '@/lib/platform/permissions'
import {
  extendCredential,
  issueCredential,
  revokeCredential,
  saveAccessGroups,
  saveAccessSchedule,
  suspend,
  unsuspend,
} from './actions'

/** What a role may do with an ACS user. */
export function acsUserActionsFor(role: Role): AcsUserActionSet {
  return {
    ...(may(role, 'acs_user.suspend') && { suspension: { suspend, unsuspend } }),
    ...(may(role, 'acs_user.write') && { profile: { saveAccessSchedule, saveAccessGroups } }),
    ...(may(role, 'credential.manage') && { issueCredential }),
  }
}

/** What a role may do with credentials. */
export function credentialActionsFor(role: Role): CredentialActions | undefined {
  return may(role, 'credential.manage') ? { extend: extendCredential, revoke: revokeCredential } : undefined
}
