'use client'

import { Button } from './button'
import { fromLocal, toLocal } from './local-moment'
import { TextField } from './text-field'
import { TimeInZone, useViewerTimeZone } from './viewer-time'

type MomentFieldProps = {
  label: string
  /** As `toLocal` writes it; blank for none. */
  value: string
  onValueChange: (value: string) => void
  /** IANA name of the site's zone; its time is said too where it is another than the viewer's. */
  siteTimeZone: string | null
  errors?: string[]
  /** Moments to choose at one press; null for none. */
  choices: { label: string; moment: Date | null }[]
}

/** A date and time in the viewer's zone, optional. */
export function MomentField({ label, value, onValueChange, siteTimeZone, errors, choices }: MomentFieldProps) {
  const moment = fromLocal(value)
  const viewerTimeZone = useViewerTimeZone()
  const siteDiffers =
    moment !== null && siteTimeZone !== null && hourIn(moment, siteTimeZone) !== hourIn(moment, viewerTimeZone)
  return (
    <div>
      <TextField
        label={label}
        type="datetime-local"
        max="9999-12-31T23:59"
        value={value}
        onChange={(event) => onValueChange(event.target.value)}
        errors={errors}
        notice={
          siteDiffers && (
            <p className="mt-1 text-muted text-xs">
              <TimeInZone at={moment} timeZone={siteTimeZone} /> at the site
            </p>
          )
        }
      />
      <div className="mt-1.5 flex flex-wrap gap-1.5">
        {choices.map((choice) => (
          <Button
            key={choice.label}
            size="small"
            variant="ghost"
            className="border border-line"
            aria-label={`${label}: ${choice.label}`}
            onClick={() => onValueChange(toLocal(choice.moment))}
          >
            {choice.label}
          </Button>
        ))}
      </div>
    </div>
  )
}

/** Says in which zone the times of a form are. */
export function TimeZoneNote() {
  return <p className="text-muted text-xs">Times are in your time zone, {useViewerTimeZone().replaceAll('_', ' ')}.</p>
}

function hourIn(moment: string, timeZone: string): string {
  return new Intl.DateTimeFormat('en', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(new Date(moment))
}
