'use client'

import { UserPlus } from 'lucide-react'
import dynamic from 'next/dynamic'
import type { IdentityOption } from '@/lib/people/identities/queries'
import type { ActionResult } from '@/lib/platform/refusals'
import { ButtonLink } from '../ui/button'
import { failedToLoad } from '../ui/load-failed'
import { Section } from '../ui/section'
import { useChange } from '../ui/use-change'
import { focusSection } from './focus-section'

const IdentityChoice = dynamic(
  () => import('./identity-choice').then((module) => ({ default: module.IdentityChoice })).catch(failedToLoad),
  // As high as the field and the words below it that stand there at first.
  { ssr: false, loading: () => <div className="h-35" /> },
)

type IdentityPickerProps = {
  acsUser: { acsUserId: string; displayName: string }
  onAttach: (link: { userIdentityId: string; acsUserId: string }) => Promise<ActionResult<null>>
  mayCreate: boolean
}

/** Chooses whose ACS user this is, or makes a new identity from it. */
export function IdentityPicker({ acsUser, onAttach, mayCreate }: IdentityPickerProps) {
  const { acsUserId } = acsUser
  const { pending, carryOut } = useChange()

  const choose = (person: IdentityOption) =>
    carryOut({
      action: () => onAttach({ userIdentityId: person.userIdentityId, acsUserId }),
      done: `Attached ${acsUser.displayName} to ${person.displayName}.`,
      undone: `Detached ${acsUser.displayName} from ${person.displayName}.`,
      after: focusSection,
    })

  return (
    <Section
      id="user-identity"
      title="Choose a user identity"
      aside={
        mayCreate && (
          <ButtonLink size="small" href={`/identities/new?acs_user_id=${acsUserId}`}>
            <UserPlus aria-hidden className="size-3.5" />
            New user identity
          </ButtonLink>
        )
      }
    >
      <IdentityChoice acsUserId={acsUserId} onChoose={choose} pending={pending} />
    </Section>
  )
}
