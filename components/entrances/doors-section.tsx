'use client'

import Link from 'next/link'
import { useMemo, useState } from 'react'
import type { Diagnosis } from '@/lib/access/diagnosis/diagnosis'
import { diagnoseDoors, type PersonAccess } from '@/lib/access/diagnosis/facts'
import { faultNames } from '@/lib/access/diagnosis/fault-names'
import { type AccessibleEntrance, countOfDoors, type EntranceReason } from '@/lib/access/entrances/entrance'
import { AccessSchedule } from '../acs-users/access-schedule'
import { accessMethodNames } from '../credentials/access-method-names'
import { diagnosisAddress } from '../diagnosis/diagnosis-address'
import { Badge } from '../ui/badge'
import { Button } from '../ui/button'
import { Section } from '../ui/section'
import { inputClass } from '../ui/text-field'
import { useNow } from '../ui/viewer-time'
import { useDoorFilters, withFilters } from './use-door-filters'

const shownAtFirst = 8

type LinkedSystem = Omit<PersonAccess['systems'][number], 'suggestions'>

type DoorsSectionProps = {
  /** The page that the doors are on. */
  path: string
  entrances: AccessibleEntrance[]
  /** The access systems in which the person has an ACS user: what is wrong there keeps doors shut. */
  systems: LinkedSystem[]
  credentials: PersonAccess['credentials']
}

/** The doors that a person was given in all access systems together, each with why, when and by what, and with what keeps it shut now. */
export function DoorsSection({ path, entrances, systems, credentials }: DoorsSectionProps) {
  const now = useNow()
  const diagnoses = useMemo(() => {
    const access = { systems: systems.map((linked) => ({ ...linked, suggestions: [] })), entrances, credentials }
    const all = diagnoseDoors(access, entrances, now)
    return new Map(all.map((diagnosis) => [diagnosis.door.acsEntranceId, diagnosis]))
  }, [entrances, systems, credentials, now])
  const isShut = ({ acsEntranceId }: AccessibleEntrance) => diagnoses.get(acsEntranceId)?.verdict != null
  const shut = entrances.filter(isShut).length
  const { filters, change, search } = useDoorFilters()
  const [isWhole, setIsWhole] = useState(false)
  const words = filters.doors.toLowerCase().split(/\s+/).filter(Boolean)
  const found = entrances.filter(
    (entrance) =>
      (!filters.system || entrance.acsSystemId === filters.system) &&
      (!filters.shut || isShut(entrance)) &&
      words.every((word) => searchText(entrance).includes(word)),
  )
  const isFiltered = words.length > 0 || filters.system !== '' || filters.shut
  const isCut = !isWhole && words.length === 0 && found.length > shownAtFirst + 1
  const shown = isCut ? found.slice(0, shownAtFirst) : found
  const withDoors = systems.filter(({ system }) =>
    entrances.some(({ acsSystemId }) => acsSystemId === system.acsSystemId),
  )
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
      {(entrances.length > shownAtFirst + 1 || isFiltered) && entrances.length > 0 && (
        <div className="border-line border-b px-4 py-2.5">
          <div className="flex flex-wrap items-center gap-2">
            <div className="min-w-0 flex-1 basis-56 max-sm:basis-full">
              <input
                type="search"
                aria-label="Search doors"
                placeholder="Door, access system or access group"
                autoComplete="off"
                spellCheck={false}
                value={filters.doors}
                onChange={(event) => change({ doors: event.target.value })}
                onKeyDown={(event) => event.key === 'Escape' && change({ doors: '' })}
                className={inputClass}
              />
            </div>
            {(withDoors.length > 1 || filters.system) && (
              <div className="min-w-0 max-sm:flex-1">
                <select
                  aria-label="Access system"
                  value={filters.system}
                  onChange={(event) => change({ system: event.target.value })}
                  className={inputClass}
                >
                  <option value="">All access systems</option>
                  {withDoors.map(({ system }) => (
                    <option key={system.acsSystemId} value={system.acsSystemId}>
                      {system.name}
                    </option>
                  ))}
                </select>
              </div>
            )}
            <label className="flex min-h-8 items-center gap-1.5 text-sm pointer-coarse:min-h-11">
              <input
                type="checkbox"
                checked={filters.shut}
                onChange={(event) => change({ shut: event.target.checked })}
                className="size-4 accent-accent"
              />
              Shut now
            </label>
          </div>
          <p role="status" className={isFiltered ? 'mt-1.5 text-muted text-xs' : 'sr-only'}>
            {isFiltered && (found.length > 0 ? countOfDoors(found) : 'No door matches.')}
          </p>
        </div>
      )}
      {shown.length > 0 && (
        <ul className="divide-y divide-line">
          {shown.map((entrance) => (
            <Door
              key={entrance.acsEntranceId}
              entrance={entrance}
              acsUser={systems.find(({ acsUser }) => acsUser?.acsUserId === entrance.acsUserId)?.acsUser ?? null}
              diagnosis={diagnoses.get(entrance.acsEntranceId)}
              diagnosisHref={`${diagnosisAddress(path, withFilters(search, filters), entrance.acsEntranceId)}#diagnosis`}
            />
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

type DoorProps = {
  entrance: AccessibleEntrance
  acsUser: LinkedSystem['acsUser']
  diagnosis: Diagnosis | undefined
  diagnosisHref: string
}

function Door({ entrance, acsUser, diagnosis, diagnosisHref }: DoorProps) {
  const verdict = diagnosis?.verdict
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-0.5 px-4 py-2.5 text-sm">
      <div className="min-w-0 flex-1 basis-52">
        <span className="block truncate font-medium" title={entrance.displayName}>
          {entrance.displayName}
        </span>
        <Link
          href={`/access-systems/${entrance.acsSystemId}`}
          prefetch={false}
          className="block truncate text-muted hover:underline"
          title={entrance.acsSystemName}
        >
          {entrance.acsSystemName}
        </Link>
      </div>
      <div className="min-w-0 flex-1 basis-52 text-muted">
        {entrance.reasons.map((reason) => (
          <span key={`${reason.kind} ${reason.id}`} className="block [overflow-wrap:anywhere]">
            {reasonInWords(reason)}
          </span>
        ))}
        {acsUser && (acsUser.accessStartsAt || acsUser.accessEndsAt) && (
          <span className="block text-xs">
            <AccessSchedule standing={acsUser} />
          </span>
        )}
      </div>
      <span className="flex min-w-14 flex-wrap items-center justify-end gap-1.5 text-muted max-sm:justify-start">
        {verdict && <Badge tone="danger">{faultNames[verdict.fault]}</Badge>}
        {entrance.unlocksWith.map((method) => {
          const { name, icon: Icon } = accessMethodNames[method]
          return (
            <span key={method} title={`Unlocks with a ${name.toLowerCase()}`}>
              <Icon aria-hidden className="size-4" />
              <span className="sr-only">Unlocks with a {name.toLowerCase()}.</span>
            </span>
          )
        })}
        <Link
          href={diagnosisHref}
          scroll={false}
          prefetch={false}
          className="inline-flex min-h-6 items-center px-1 text-accent hover:underline pointer-coarse:min-h-11"
        >
          Why?<span className="sr-only"> {entrance.displayName}</span>
        </Link>
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
