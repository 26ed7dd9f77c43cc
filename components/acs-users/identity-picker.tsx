'use client'

import { UserPlus } from 'lucide-react'
import type { ActionResult } from '@/lib/errors'
import type { IdentityOption } from '@/lib/identities/queries'
import { ButtonLink } from '../ui/button'
import { Section } from '../ui/section'
import { useChange } from '../ui/use-change'
import { focusSection } from './focus-section'
import { IdentityChoice } from './identity-choice'

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
