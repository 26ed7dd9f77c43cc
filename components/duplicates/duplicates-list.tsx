'use client'

import Link from 'next/link'
import { useOptimistic } from 'react'
import { type DuplicatePair, type LikelyDuplicate, reasonsInWords } from '@/lib/people/duplicates/duplicate'
import type { ActionResult } from '@/lib/platform/refusals'
import { Reasons } from '../acs-users/reasons'
import { Avatar } from '../ui/avatar'
import { Button, ButtonLink } from '../ui/button'
import { useChange } from '../ui/use-change'
import { RelativeTime } from '../ui/viewer-time'

type DuplicatesListProps = {
  pairs: DuplicatePair[]
  /** Absent where the viewer may not merge people. */
  onDismiss?: (pair: { one_id: string; other_id: string }) => Promise<ActionResult<null>>
}

const keyOf = ({ first, second }: DuplicatePair) => `${first.userIdentityId} ${second.userIdentityId}`

/** Pairs of people who may be one, side by side with why, and what to do about each. */
export function DuplicatesList({ pairs, onDismiss }: DuplicatesListProps) {
  const { carryOut } = useChange()
  const [dismissed, dismiss] = useOptimistic<string[], string>([], (others, key) => [...others, key])
  return (
    <ul className="flex flex-col gap-3">
      {pairs
        .filter((pair) => !dismissed.includes(keyOf(pair)))
        .map((pair) => {
          const { first, second, reasons } = pair
          const [one, other] = [first.userIdentityId, second.userIdentityId]
          const names = `${first.displayName} and ${second.displayName}`
          return (
            <li key={keyOf(pair)} aria-label={names} className="rounded-lg border border-line bg-surface">
              <div className="grid divide-line max-sm:divide-y sm:grid-cols-2 sm:divide-x">
                <Person person={first} />
                <Person person={second} />
              </div>
              <div className="flex flex-wrap items-center justify-between gap-2 border-line border-t px-4 py-2">
                <Reasons reasons={reasonsInWords(reasons)} />
                {onDismiss && (
                  <span className="flex gap-2">
                    <Button
                      size="small"
                      variant="ghost"
                      aria-label={`Not a duplicate: ${names}`}
                      onClick={() =>
                        carryOut({
                          before: () => dismiss(keyOf(pair)),
                          action: () => onDismiss({ one_id: one, other_id: other }),
                          done: `Noted that ${names} are two people.`,
                          undone: `${names} are listed again.`,
                        })
                      }
                    >
                      Not a duplicate
                    </Button>
                    <ButtonLink
                      size="small"
                      prefetch={false}
                      aria-label={`Merge ${names}`}
                      href={`/identities/merge?one=${one}&other=${other}`}
                    >
                      Merge…
                    </ButtonLink>
                  </span>
                )}
              </div>
            </li>
          )
        })}
    </ul>
  )
}

function Person({ person }: { person: LikelyDuplicate }) {
  const { userIdentityId, displayName, emailAddress, phoneNumber, userIdentityKey, linkedIn, createdAt } = person
  const details = [emailAddress !== displayName && emailAddress, phoneNumber !== displayName && phoneNumber]
  return (
    <div className="flex min-w-0 gap-3 px-4 py-3 text-sm">
      <Avatar id={userIdentityId} name={displayName} />
      <div className="min-w-0 flex-1 [overflow-wrap:anywhere]">
        <p>
          <Link href={`/identities/${userIdentityId}`} prefetch={false} className="font-medium hover:underline">
            <bdi>{displayName}</bdi>
          </Link>
        </p>
        {details.map((detail) => detail && <p key={detail}>{detail}</p>)}
        {userIdentityKey && <p className="font-mono text-xs">{userIdentityKey}</p>}
        <p className="mt-1 text-muted text-xs">
          {linkedIn.length > 0 ? `Linked in ${linkedIn.join(', ')}` : 'Linked nowhere'} · created{' '}
          <RelativeTime at={createdAt} />
        </p>
      </div>
    </div>
  )
}
