'use client'

import Link from 'next/link'
import { useState } from 'react'
import { type AcsUserStanding, acsUserProblems } from '@/lib/acs-users/acs-user'
import { type AccessibleEntrance, countOfDoors, type EntranceReason } from '@/lib/entrances/entrance'
import { accessMethodNames } from '../credentials/access-method-names'
import { Badge } from '../ui/badge'
import { Button } from '../ui/button'
import { Section } from '../ui/section'
import { inputClass } from '../ui/text-field'
import { useNow } from '../ui/viewer-time'

const shownAtFirst = 8

type DoorsSectionProps = {
  entrances: AccessibleEntrance[]
  /** The person's ACS users: what keeps one of them out keeps its doors shut. */
  acsUsers: (AcsUserStanding & { acsUserId: string })[]
}

/** The doors that a person may open in all access systems together, each with why, and with what keeps it shut now. */
export function DoorsSection({ entrances, acsUsers }: DoorsSectionProps) {
  const now = useNow()
  const problems = new Map(acsUsers.map((acsUser) => [acsUser.acsUserId, acsUserProblems(acsUser, now)[0]?.label]))
  const shut = entrances.filter(({ acsUserId }) => problems.get(acsUserId)).length
  const [search, setSearch] = useState('')
  const [isWhole, setIsWhole] = useState(false)
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  const found = entrances.filter((entrance) => words.every((word) => searchText(entrance).includes(word)))
  const isCut = !isWhole && words.length === 0 && found.length > shownAtFirst + 1
  const shown = isCut ? found.slice(0, shownAtFirst) : found
  return (
    <Section
      id="doors"
      title="Doors"
      aside={
        <span className="text-muted text-sm">
          {entrances.length > 0 ? countOfDoors(entrances) : 'None'}
          {shut > 0 && (shut === entrances.length ? ', shut now' : `, ${shut} of them shut now`)}
        </span>
      }
    >
      {entrances.length === 0 && (
        <p className="px-4 py-6 text-center text-muted text-sm">
          No door opens for this person: none of their ACS users is in an access group with doors, was granted one, or
          has a credential for one.
        </p>
      )}
      {entrances.length > shownAtFirst + 1 && (
        <div className="border-line border-b px-4 py-2.5">
          <input
            type="search"
            aria-label="Search doors"
            placeholder="Door, access system or access group"
            autoComplete="off"
            spellCheck={false}
            value={search}
            onChange={(event) => setSearch(event.target.value)}
            onKeyDown={(event) => event.key === 'Escape' && setSearch('')}
            className={inputClass}
          />
          <p role="status" className={words.length > 0 ? 'mt-1.5 text-muted text-xs' : 'sr-only'}>
            {words.length > 0 && (found.length > 0 ? countOfDoors(found) : 'No door matches.')}
          </p>
        </div>
      )}
      {shown.length > 0 && (
        <ul className="divide-y divide-line">
          {shown.map((entrance) => (
            <Door key={entrance.acsEntranceId} entrance={entrance} problem={problems.get(entrance.acsUserId)} />
          ))}
        </ul>
      )}
      {isCut && (
        <div className="border-line border-t px-4 py-2">
          <Button size="small" variant="ghost" onClick={() => setIsWhole(true)}>
            Show all {found.length} doors
          </Button>
        </div>
      )}
    </Section>
  )
}

function Door({ entrance, problem }: { entrance: AccessibleEntrance; problem: string | undefined }) {
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-0.5 px-4 py-2.5 text-sm">
      <div className="min-w-0 flex-1 basis-52">
        <span className="block truncate font-medium" title={entrance.displayName}>
          {entrance.displayName}
        </span>
        <Link
          href={`/access-systems/${entrance.acsSystemId}`}
          className="block truncate text-muted hover:underline"
          title={entrance.acsSystemName}
        >
          {entrance.acsSystemName}
        </Link>
      </div>
      <div className="min-w-0 flex-1 basis-52">
        {entrance.reasons.map((reason) => (
          <span key={`${reason.kind} ${reason.name}`} className="block text-muted [overflow-wrap:anywhere]">
            {reasonInWords(reason)}
          </span>
        ))}
      </div>
      <span className="flex min-w-14 flex-wrap items-center justify-end gap-1.5 text-muted max-sm:justify-start">
        {problem && <Badge tone="danger">{problem}</Badge>}
        {entrance.unlocksWith.map((method) => {
          const { name, icon: Icon } = accessMethodNames[method]
          return (
            <span key={method} title={`Unlocks with a ${name.toLowerCase()}`}>
              <Icon aria-hidden className="size-4" />
              <span className="sr-only">Unlocks with a {name.toLowerCase()}.</span>
            </span>
          )
        })}
      </span>
    </li>
  )
}

function reasonInWords({ kind, name }: EntranceReason): string {
  if (kind === 'access_group') return `Access group ${name}`
  if (kind === 'grant') return 'Granted by itself'
  return `Credential ${name}`
}

const searchText = ({ displayName, acsSystemName, reasons }: AccessibleEntrance) =>
  [displayName, acsSystemName, ...reasons.map(reasonInWords)].join('\n').toLowerCase()
