import type { LockedAcsUser } from '../acs-users/lock'
import type { LockedCredential } from '../credentials/lock'
import type { LockedIdentity } from '../identities/link'

/** What a change concerned, as it stands now and is held; undefined for what is gone. */
export type Held = {
  identity: (id: string) => LockedIdentity | undefined
  acsUser: (id: string) => LockedAcsUser | undefined
  credential: (id: string) => LockedCredential | undefined
}
