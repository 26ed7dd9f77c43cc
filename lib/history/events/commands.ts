import { v7 as uuidv7 } from 'uuid'
import { insertAll } from '@/db/insert-all'
import { type EventData, events } from '@/db/schema/events'
import type { Actor } from '@/lib/platform/actor'
import type { Transaction } from '@/lib/platform/transaction'
import type { EventType } from './event'

type NewEvent = {
  eventType: EventType
  userIdentityId?: string | null
  acsSystemId?: string | null
  acsUserId?: string | null
  acsCredentialId?: string | null
  acsAccessGroupId?: string | null
  acsEntranceId?: string | null
  data?: EventData
  /** Where one use case makes many changes: which one this belongs to. */
  changeId?: string
}

/** Writes facts into the history, in the very transaction that makes them true. */
export async function recordEvents(transaction: Transaction, actor: Actor, newEvents: NewEvent[]): Promise<void> {
  if (newEvents.length === 0) return
  const { changeId = uuidv7(), undoesChangeId = null } = actor
  await insertAll(
    transaction,
    events,
    newEvents.map((event) => ({
      ...event,
      workspaceId: actor.workspaceId,
      eventId: uuidv7(),
      actorKind: actor.kind,
      actorId: actor.id,
      actorName: actor.name,
      requestId: actor.requestId ?? null,
      changeId: event.changeId ?? changeId,
      undoesChangeId,
    })),
  )
}
