'use client'

import type { AcsUser } from '@/lib/access/acs-users/acs-user'
import type { ActionResult } from '@/lib/platform/refusals'
import { Button } from '../ui/button'
import { Section } from '../ui/section'
import { useChange } from '../ui/use-change'
import { RelativeTime } from '../ui/viewer-time'
import { focusSection } from './focus-section'

type NotAPersonProps = {
  acsUser: Pick<AcsUser, 'acsUserId' | 'displayName'>
  notAPerson: NonNullable<AcsUser['notAPerson']>
  onRestore?: (acsUserId: string) => Promise<ActionResult<null>>
}

/** Says that an ACS user stands for no person, and lets it be a person again. */
export function NotAPerson({ acsUser, notAPerson, onRestore }: NotAPersonProps) {
  const { pending, carryOut } = useChange()
  const restore =
    onRestore &&
    (() =>
      carryOut({
        action: () => onRestore(acsUser.acsUserId),
        done: `${acsUser.displayName} waits for its identity again.`,
        undone: `Marked ${acsUser.displayName} as not a person.`,
        after: focusSection,
      }))
  return (
    <Section id="user-identity" title="User identity">
      <div className="flex flex-wrap items-center gap-3 px-4 py-3 text-sm">
        <p className="min-w-0 flex-1 basis-60">
          Not a person, so nobody is asked whose it is.
          <span className="block text-muted text-xs">
            Said <RelativeTime at={notAPerson.at} />
            {notAPerson.by && ` by ${notAPerson.by}`}
          </span>
        </p>
        {restore && (
          <Button size="small" pending={pending} onClick={restore}>
            It is a person
          </Button>
        )}
      </div>
    </Section>
  )
}
