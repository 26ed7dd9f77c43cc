import type { EventData } from '@/db/schema/events'
import { fieldName } from '@/lib/history/events/event'
import { ExactTime } from '../ui/viewer-time'

/** What an event changed, field by field: before → after. */
export function ChangedValues({ changes }: { changes: NonNullable<EventData['changes']> }) {
  return (
    <dl className="mt-0.5 text-xs">
      {Object.entries(changes).map(([field, { from, to }]) => (
        <div key={field} className="[overflow-wrap:anywhere]">
          <dt className="inline text-muted first-letter:uppercase">{fieldName(field)}: </dt>
          <dd className="inline">
            <ChangedValue field={field} value={from} /> <span className="sr-only">became</span>
            <span aria-hidden className="text-muted">
              →
            </span>{' '}
            <ChangedValue field={field} value={to} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** A value of a field, as it was or became. */
export function ChangedValue({ field, value }: { field: string; value: string | null }) {
  if (value === null || value === '') return <span className="text-muted">none</span>
  return field.endsWith('_at') ? <ExactTime at={value} /> : <bdi>{value}</bdi>
}
