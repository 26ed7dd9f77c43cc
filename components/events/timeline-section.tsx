import type { ReactNode } from 'react'
import type { EventEntry } from '@/lib/history/events/event'
import { Section } from '../ui/section'
import { TextLink } from '../ui/text-link'
import { History } from './history'

/** The newest of a person's history, beside everything else about them. */
export function TimelineSection({ events, wholePath }: { events: EventEntry[]; wholePath: string }) {
  return (
    <Frame wholePath={wholePath}>
      {events.length > 0 ? (
        <div className="overflow-hidden rounded-lg">
          <History heading="h3" entries={events} />
        </div>
      ) : (
        <p className="px-4 py-6 text-center text-muted text-sm">Nothing has happened yet.</p>
      )}
    </Frame>
  )
}

/** The same while it is on its way; without JavaScript, the way to all of it. */
export function TimelineSkeleton({ wholePath }: { wholePath: string }) {
  return (
    <Frame wholePath={wholePath}>
      <span className="skeleton m-4 block h-56" />
    </Frame>
  )
}

function Frame({ wholePath, children }: { wholePath: string; children: ReactNode }) {
  return (
    <Section
      id="timeline"
      title="Timeline"
      aside={
        <TextLink href={wholePath} className="text-sm">
          Whole timeline
        </TextLink>
      }
    >
      {children}
    </Section>
  )
}
