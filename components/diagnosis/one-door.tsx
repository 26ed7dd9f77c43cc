import clsx from 'clsx'
import { Ban, CheckCircle2, CircleDashed } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Diagnosis, Link } from '@/lib/access/diagnosis/diagnosis'
import { atTheDoor } from './at-the-door'
import { Sentence } from './sentence'

const linkNames: Record<Link['name'], string> = {
  acs_user: 'ACS user',
  suspension: 'Suspension',
  schedule: 'Access schedule',
  way: 'Access to this door',
  credential: 'Credential',
  access_system: 'Access system',
  reported_errors: 'Reported errors',
}

const states = {
  ok: { word: 'In order', icon: CheckCircle2, className: 'text-success' },
  broken: { word: 'Keeps the door shut', icon: Ban, className: 'text-danger' },
  unknown: { word: 'Not checked', icon: CircleDashed, className: 'text-muted' },
}

/** What is the matter with one door, and the chain from the person to it, link by link. */
export function OneDoor({ diagnosis, fix }: { diagnosis: Diagnosis; fix: ReactNode }) {
  const { door, system, links, verdict } = diagnosis
  return (
    <div className="flex flex-col gap-3 p-4 text-sm">
      <h3 className="font-semibold text-base [overflow-wrap:anywhere]">
        {door.displayName} <span className="font-normal text-muted">in {system.name}</span>
      </h3>
      <div
        className={clsx(
          'rounded-md px-3 py-2.5',
          verdict ? 'bg-danger-soft text-danger' : 'bg-success-soft text-success',
        )}
      >
        {verdict ? (
          <>
            <p className="font-semibold [overflow-wrap:anywhere]">
              <Sentence words={verdict.words} />
            </p>
            <p className="mt-0.5">
              <Sentence words={verdict.remedy} />
            </p>
            {verdict.fix.kind !== 'none' && <div className="mt-2 flex flex-wrap gap-2">{fix}</div>}
          </>
        ) : (
          <p className="font-semibold">Everything on our side is in order.</p>
        )}
      </div>
      <ol aria-label="From the person to the door" className="flex flex-col gap-1.5">
        {links.map((link) => {
          const { word, icon: Icon, className } = states[link.state]
          return (
            <li key={link.name} className="flex items-start gap-2.5">
              <Icon aria-hidden className={clsx('mt-0.5 size-4 shrink-0', className)} />
              <div className="flex min-w-0 flex-1 flex-wrap gap-x-3">
                <span className="w-36 shrink-0">
                  {linkNames[link.name]}
                  <span className="sr-only">: {word}.</span>
                </span>
                <span
                  className={clsx(
                    'min-w-0 flex-1 basis-56 [overflow-wrap:anywhere]',
                    link === verdict ? 'font-medium text-danger' : 'text-muted',
                  )}
                >
                  <Sentence words={link.words} />
                </span>
                <span aria-hidden className={clsx('shrink-0 text-xs leading-5 max-sm:hidden', className)}>
                  {word}
                </span>
              </div>
            </li>
          )
        })}
      </ol>
      {!verdict && (
        <div>
          <h4 className="font-medium">What to check at the door</h4>
          <ul className="mt-1 list-disc space-y-0.5 pl-5 text-muted">
            {atTheDoor(door).map((hint) => (
              <li key={hint}>{hint}</li>
            ))}
          </ul>
        </div>
      )}
    </div>
  )
}
