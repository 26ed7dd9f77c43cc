import { TimelineSection } from '@/components/events/timeline-section'
import { LiveIdentity } from '@/components/identities/live-identity'
import { requireAdmin } from '@/lib/accounts/acting-admin/acting-admin'
import { listEvents } from '@/lib/history/events/queries'
import { may } from '@/lib/platform/permissions'

const shownEvents = 12

type PersonTimelineProps = { userIdentityId: string; wholePath: string }

/**
 * The newest of a person's history. It streams in after the rest of the page: a history can be long, and
 * whether a door opens does not wait for it. Being newest, it also knows what the page is up to date with.
 */
export async function PersonTimeline({ userIdentityId, wholePath }: PersonTimelineProps) {
  const { workspace, userId } = await requireAdmin()
  const { entries } = await listEvents(
    workspace.workspaceId,
    { userIdentityId },
    (permission) => may(workspace.role, permission),
    { cursor: null, limit: shownEvents },
  )
  return (
    <>
      <LiveIdentity userIdentityId={userIdentityId} shownEventId={entries[0]?.eventId ?? null} viewerId={userId} />
      <TimelineSection events={entries} wholePath={wholePath} />
    </>
  )
}
