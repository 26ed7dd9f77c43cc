import type { UserIdentity } from '@/lib/people/identities/queries'
import { Detail } from '../ui/detail'

/** A person's characteristics, each copyable; what is not there says so. */
export function IdentityDetails({ identity, phoneNumber }: { identity: UserIdentity; phoneNumber: string | null }) {
  return (
    <dl className="grid gap-x-8 gap-y-3 sm:grid-cols-2">
      <Detail name="Full name" value={identity.fullName} />
      <Detail name="Email address" value={identity.emailAddress} />
      <Detail name="Phone number" value={identity.phoneNumber}>
        {phoneNumber}
      </Detail>
      <Detail name="User identity key" value={identity.userIdentityKey} mono />
    </dl>
  )
}
