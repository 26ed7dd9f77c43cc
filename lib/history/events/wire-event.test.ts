import { expect, test } from 'vitest'
import type { events } from '@/db/schema/events'
import { wireEvent } from './wire-event'

const workspaceId = '0192f0c1-2345-7abc-8def-000000000001'
const eventId = '0192f0c1-2345-7abc-8def-000000000002'
const acsSystemId = '0192f0c1-2345-7abc-8def-000000000003'
const acsUserId = '0192f0c1-2345-7abc-8def-000000000004'
const connectedAccountId = '0192f0c1-2345-7abc-8def-000000000005'
const userIdentityId = '0192f0c1-2345-7abc-8def-000000000006'

const row: typeof events.$inferSelect = {
  workspaceId,
  eventId,
  eventType: 'acs_user.created',
  occurredAt: new Date('2026-03-04T05:06:07.008Z'),
  actorKind: 'member',
  actorId: 'dana',
  actorName: 'Dana Reyes',
  userIdentityId: null,
  acsSystemId,
  acsUserId,
  acsCredentialId: null,
  acsAccessGroupId: null,
  acsEntranceId: null,
  requestId: 'request',
  changeId: null,
  undoesChangeId: null,
  data: { acs_user_name: 'Doe, J.', acs_system_name: 'Harbor House' },
}

test('acs_user.created has the very fields that the published contract names', () => {
  expect(wireEvent(row, connectedAccountId)).toEqual({
    event_id: eventId,
    event_type: 'acs_user.created',
    workspace_id: workspaceId,
    created_at: '2026-03-04T05:06:07.008Z',
    occurred_at: '2026-03-04T05:06:07.008Z',
    acs_system_id: acsSystemId,
    acs_user_id: acsUserId,
    connected_account_id: connectedAccountId,
  })
})

test('what an event does not concern is left out', () => {
  const created = { ...row, eventType: 'user_identity.created', userIdentityId, acsSystemId: null, acsUserId: null }
  expect(Object.keys(wireEvent(created, null)).sort()).toEqual([
    'created_at',
    'event_id',
    'event_type',
    'occurred_at',
    'user_identity_id',
    'workspace_id',
  ])
})

test('all that an event concerns is named', () => {
  const concerned = { ...row, userIdentityId, acsCredentialId: 'c', acsAccessGroupId: 'g', acsEntranceId: 'e' }
  expect(wireEvent(concerned, null)).toMatchObject({
    user_identity_id: userIdentityId,
    acs_credential_id: 'c',
    acs_access_group_id: 'g',
    acs_entrance_id: 'e',
  })
})

test('an update says which fields changed, and nothing of the person', () => {
  const updated = {
    ...row,
    eventType: 'user_identity.updated',
    data: {
      user_identity_name: 'Jane Roe',
      changes: { full_name: { from: 'Jane Doe', to: 'Jane Roe' }, phone_number: { from: null, to: '+15555550110' } },
    },
  }
  const event = wireEvent(updated, null)
  expect(event.changed_fields).toEqual(['full_name', 'phone_number'])
  expect(JSON.stringify(event)).not.toMatch(/Jane|Roe|Doe|Dana|5555550110|Harbor/)
  expect(wireEvent({ ...updated, data: {} }, null).changed_fields).toEqual([])
})
