import { Ban, CheckCircle2, ChevronRight, CircleDashed } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import type { Diagnosis } from '@/lib/access/diagnosis/diagnosis'
import { faultNames, inSentence } from '@/lib/access/diagnosis/fault-names'
import { groupDiagnoses } from '@/lib/access/diagnosis/groups'
import { Sentence } from './sentence'

type AllDoorsProps = {
  diagnoses: Diagnosis[]
  /** Access systems in which the person has no ACS user. */
  elsewhere: { acsSystemId: string; name: string; doors: number }[]
  /** The address of a door's own diagnosis. */
  addressOf: (acsEntranceId: string) => string
}

const countDoors = (doors: number) => `${doors} ${doors === 1 ? 'door' : 'doors'}`

/** All doors of the person's access systems, by what is the matter with them. */
export function AllDoors({ diagnoses, elsewhere, addressOf }: AllDoorsProps) {
  const { open, shut } = groupDiagnoses(diagnoses)
  const systemsOf = (some: Diagnosis[]) => new Set(some.map(({ system }) => system.acsSystemId)).size
  const systems = systemsOf(open)
  return (
    <div className="flex flex-col gap-2 p-4 text-sm">
      <h3 className="font-semibold text-base">
        {diagnoses.length === 0 ? 'There is no door to check' : `${countDoors(diagnoses.length)} checked`}
      </h3>
      <ul className="divide-y divide-line rounded-md border border-line">
        {open.length > 0 && (
          <Group
            icon={<CheckCircle2 aria-hidden className="mt-0.5 size-4 shrink-0 text-success" />}
            title={`${countDoors(open.length)} ${open.length === 1 ? 'opens' : 'open'}${
              systems > 1 ? ` in ${systems} systems` : ` in ${open[0]?.system.name}`
            }`}
            doors={open.map(({ door, system }) => ({ ...door, detail: systems > 1 ? system.name : null }))}
            addressOf={addressOf}
          />
        )}
        {shut.map(({ fault, system, example, doors }) => {
          const [first] = doors
          const neverGiven = fault === 'no_way'
          return (
            <Group
              key={`${system.acsSystemId} ${fault} ${first?.acsEntranceId}`}
              icon={
                neverGiven ? (
                  <CircleDashed aria-hidden className="mt-0.5 size-4 shrink-0 text-muted" />
                ) : (
                  <Ban aria-hidden className="mt-0.5 size-4 shrink-0 text-danger" />
                )
              }
              title={`${countDoors(doors.length)} in ${system.name}: ${inSentence(faultNames[fault])}`}
              words={
                !neverGiven && example.verdict ? (
                  <Sentence words={example.verdict.words} />
                ) : (
                  'No access group, grant or credential of theirs has them.'
                )
              }
              doors={doors.map((door) => ({ ...door, detail: null }))}
              addressOf={addressOf}
            />
          )
        })}
        {elsewhere.map(({ acsSystemId, name, doors }) => (
          <li key={acsSystemId} className="flex items-start gap-2.5 py-2 pr-3 pl-9">
            <CircleDashed aria-hidden className="mt-0.5 size-4 shrink-0 text-muted" />
            <span className="min-w-0 [overflow-wrap:anywhere]">
              {countDoors(doors)} in {name}: no ACS user{' '}
              <a href={`#access-system-${acsSystemId}`} className="text-accent underline underline-offset-2">
                Attach<span className="sr-only"> one in {name}</span>
              </a>
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}

type GroupProps = {
  icon: ReactNode
  title: string
  words?: ReactNode
  doors: (Diagnosis['door'] & { detail: string | null })[]
  addressOf: AllDoorsProps['addressOf']
}

function Group({ icon, title, words, doors, addressOf }: GroupProps) {
  return (
    <li>
      <details className="group">
        <summary className="flex cursor-pointer list-none items-start gap-2 px-3 py-2 hover:bg-hover [&::-webkit-details-marker]:hidden">
          <ChevronRight
            aria-hidden
            className="mt-0.5 size-4 shrink-0 text-muted transition-transform duration-150 group-open:rotate-90"
          />
          {icon}
          <span className="min-w-0 [overflow-wrap:anywhere]">
            <span className="block font-medium">{title}</span>
            {words && <span className="block text-muted">{words}</span>}
          </span>
        </summary>
        <ul className="grid gap-x-4 pt-0.5 pr-3 pb-2.5 pl-[3.75rem] sm:grid-cols-2">
          {doors.map(({ acsEntranceId, displayName, detail }) => (
            <li key={acsEntranceId} className="min-w-0">
              <Link
                href={addressOf(acsEntranceId)}
                scroll={false}
                prefetch={false}
                className="block truncate py-1 hover:underline pointer-coarse:py-3"
                title={displayName}
              >
                {displayName}
                {detail && <span className="text-muted"> · {detail}</span>}
              </Link>
            </li>
          ))}
        </ul>
      </details>
    </li>
  )
}
