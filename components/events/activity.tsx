import Link from 'next/link'
import { type EventListItem, eventSentence } from '@/lib/history/events/event'
import { RelativeTime } from '../ui/viewer-time'

/** What happened lately, newest first, in sentences. `linkPeople` where it is about many people. */
export function Activity({ events, linkPeople = false }: { events: EventListItem[]; linkPeople?: boolean }) {
  if (events.length === 0) return <p className="px-4 py-6 text-center text-muted text-sm">Nothing has happened yet.</p>
  return (
    <ol className="divide-y divide-line">
      {events.map((event) => {
        const sentence = eventSentence(event)
        const target =
          linkPeople && event.userIdentityId && event.eventType !== 'user_identity.deleted'
            ? `/identities/${event.userIdentityId}`
            : null
        return (
          <li key={event.eventId} className="px-4 py-2 text-sm">
            <p className="[overflow-wrap:anywhere]">
              <span className="font-medium">{event.actorName}</span>{' '}
              {target ? (
                <Link href={target} prefetch={false} className="hover:underline">
                  {sentence}
                </Link>
              ) : (
                sentence
              )}
            </p>
            <p className="text-muted text-xs">
              <RelativeTime at={event.occurredAt} />
            </p>
          </li>
        )
      })}
    </ol>
  )
}
