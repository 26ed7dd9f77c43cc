'use client'

import Link from 'next/link'
import type { AcsUser } from '@/lib/access/acs-users/acs-user'
import type { ActionResult } from '@/lib/platform/refusals'
import { Avatar } from '../ui/avatar'
import { Button } from '../ui/button'
import { Section } from '../ui/section'
import { useChange } from '../ui/use-change'
import { RelativeTime } from '../ui/viewer-time'
import { focusSection } from './focus-section'

type LinkedIdentityProps = {
  acsUser: Pick<AcsUser, 'acsUserId' | 'displayName' | 'linkedAt' | 'linkedBy'>
  identity: NonNullable<AcsUser['identity']>
  mayLink: boolean
  onDetach: (link: { userIdentityId: string; acsUserId: string }) => Promise<ActionResult<null>>
}

/** The identity that an ACS user belongs to. */
export function LinkedIdentity({ acsUser, identity, mayLink, onDetach }: LinkedIdentityProps) {
  const { pending, carryOut } = useChange()
  const detach = () =>
    carryOut({
      action: () => onDetach({ userIdentityId: identity.userIdentityId, acsUserId: acsUser.acsUserId }),
      done: `Detached ${acsUser.displayName} from ${identity.displayName}.`,
      undone: `Attached ${acsUser.displayName} to ${identity.displayName} again.`,
      after: focusSection,
    })
  return (
    <Section id="user-identity" title="User identity">
      <div className="flex items-center gap-3 px-4 py-3">
        <Avatar id={identity.userIdentityId} name={identity.displayName} />
        <div className="min-w-0 flex-1 text-sm">
          <Link href={`/identities/${identity.userIdentityId}`} className="block truncate font-medium hover:underline">
            <bdi>{identity.displayName}</bdi>
          </Link>
          <span className="block truncate text-muted">{identity.emailAddress}</span>
          {acsUser.linkedAt && (
            <span className="block text-muted text-xs">
              Linked <RelativeTime at={acsUser.linkedAt} />
              {acsUser.linkedBy && ` by ${acsUser.linkedBy}`}
            </span>
          )}
        </div>
        {mayLink && (
          <Button size="small" pending={pending} onClick={detach}>
            Detach
          </Button>
        )}
      </div>
    </Section>
  )
}
