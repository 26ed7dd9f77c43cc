import type { LockedAcsUser } from '@/lib/access/acs-user-rows/lock-acs-users'
import type { LockedCredential } from '@/lib/access/credentials/lock-credentials'
import type { LockedIdentity } from '@/lib/access/links/link'

/** What a change concerned, as it stands now and is held; undefined for what is gone. */
export type Held = {
  identity: (id: string) => LockedIdentity | undefined
  acsUser: (id: string) => LockedAcsUser | undefined
  credential: (id: string) => LockedCredential | undefined
}
