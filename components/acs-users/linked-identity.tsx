'use client'

import Link from 'next/link'
import { useTransition } from 'react'
import type { AcsUser } from '@/lib/acs-users/acs-user'
import type { ActionResult } from '@/lib/errors'
import { Avatar } from '../ui/avatar'
import { Button } from '../ui/button'
import { Section } from '../ui/section'
import { showErrorToast, showToast } from '../ui/toast'
import { RelativeTime } from '../ui/viewer-time'
import { focusSection } from './focus-section'

type LinkedIdentityProps = {
  acsUser: Pick<AcsUser, 'acsUserId' | 'displayName' | 'linkedAt' | 'linkedBy'>
  identity: NonNullable<AcsUser['identity']>
  mayLink: boolean
  onAttach: (link: { userIdentityId: string; acsUserId: string }) => Promise<ActionResult<null>>
  onDetach: (link: { userIdentityId: string; acsUserId: string }) => Promise<ActionResult<null>>
}

/** The identity that an ACS user belongs to. */
export function LinkedIdentity({ acsUser, identity, mayLink, onAttach, onDetach }: LinkedIdentityProps) {
  const [pending, startTransition] = useTransition()
  const link = { userIdentityId: identity.userIdentityId, acsUserId: acsUser.acsUserId }
  const detach = () =>
    startTransition(async () => {
      const result = await onDetach(link).catch(() => null)
      if (!result?.ok) return showErrorToast(result?.refusal.message ?? 'The server cannot be reached. Try again.')
      focusSection()
      showToast(`Detached ${acsUser.displayName} from ${identity.displayName}.`, async () => {
        const undone = await onAttach(link).catch(() => null)
        if (undone?.ok) showToast(`Attached ${acsUser.displayName} to ${identity.displayName} again.`)
        else showErrorToast(undone?.refusal.message ?? 'The server cannot be reached. Try again.')
      })
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
