import { expect, test } from 'vitest'
import { eventSentence, eventTypes } from './event'

const names = { user_identity_name: 'Jane Doe', acs_user_name: 'Doe, J.', acs_system_name: 'Harbor House' }
const nobodys = { acs_system_name: 'Harbor House' }

test.each([
  ['user_identity.created', names, 'created Jane Doe'],
  ['user_identity.created', { ...names, is_restored: true }, 'brought Jane Doe back'],
  [
    'user_identity.updated',
    { ...names, changes: { full_name: { from: 'J', to: 'Jane Doe' }, phone_number: { from: null, to: '+1' } } },
    'changed the full name, phone number of Jane Doe',
  ],
  [
    'user_identity.updated',
    { ...names, changes: { nickname: { from: null, to: 'J' } } },
    'changed the nickname of Jane Doe',
  ],
  ['user_identity.updated', names, 'changed the details of Jane Doe'],
  [
    'user_identity.deleted',
    { ...names, deleted: { acs_users: 1, acs_credentials: 2 } },
    'deleted Jane Doe with 1 ACS user and 2 credentials',
  ],
  ['user_identity.deleted', { ...names, deleted: { acs_users: 0, acs_credentials: 0 } }, 'deleted Jane Doe'],
  ['user_identity.deleted', names, 'deleted Jane Doe'],
  ['user_identity.acs_user_added', names, 'attached Doe, J. in Harbor House to Jane Doe'],
  ['user_identity.acs_user_removed', names, 'detached Doe, J. in Harbor House from Jane Doe'],
  ['acs_user.created', names, 'created the ACS user Doe, J. in Harbor House'],
  ['acs_user.created', { ...names, is_restored: true }, 'brought back the ACS user Doe, J. in Harbor House'],
  [
    'acs_user.updated',
    {
      ...names,
      changes: { email_address: { from: null, to: 'j@example.com' }, access_ends_at: { from: '1', to: null } },
    },
    'changed the email address, end of access of the ACS user Doe, J. in Harbor House',
  ],
  ['acs_user.suspended', names, 'suspended the ACS user Doe, J. in Harbor House'],
  ['acs_user.unsuspended', names, 'lifted the suspension of the ACS user Doe, J. in Harbor House'],
  ['acs_user.marked_not_a_person', names, 'marked Doe, J. in Harbor House as not a person'],
  ['acs_user.marked_a_person', names, 'marked Doe, J. in Harbor House as a person again'],
  ['acs_user.access_granted', { ...names, acs_entrance_name: 'Gym' }, 'gave Doe, J. in Harbor House access to Gym'],
  ['acs_user.access_granted', names, 'gave Doe, J. in Harbor House access to an entrance'],
  ['acs_user.access_revoked', names, 'took from Doe, J. in Harbor House the access to all entrances'],
  [
    'acs_access_group.user_added',
    { ...names, acs_access_group_name: 'Residents' },
    'added Doe, J. in Harbor House to Residents',
  ],
  [
    'acs_access_group.user_removed',
    { ...names, acs_access_group_name: 'Residents' },
    'removed Doe, J. in Harbor House from Residents',
  ],
  ['acs_user.deleted', names, 'deleted the ACS user Doe, J. in Harbor House'],
  ['acs_credential.issued', names, 'issued a credential to Doe, J. in Harbor House'],
  ['acs_credential.issued', nobodys, 'issued a credential in Harbor House'],
  [
    'acs_credential.updated',
    { ...names, changes: { code: { from: '', to: '' }, ends_at: { from: null, to: '1' } } },
    'changed the code, end of a credential of Doe, J. in Harbor House',
  ],
  ['acs_credential.assigned', names, 'assigned a credential to Doe, J. in Harbor House'],
  ['acs_credential.unassigned', names, 'took a credential from Doe, J. in Harbor House'],
  ['acs_credential.deleted', names, 'deleted a credential of Doe, J. in Harbor House'],
  [
    'task.completed',
    { ...names, task: { event_id: 'x', to_do: 'Suspend Doe, J.' } },
    'ticked off the task “Suspend Doe, J.” in Harbor House',
  ],
  ['task.reopened', names, 'reopened a task about Doe, J. in Harbor House'],
  ['acs_credential.deleted', nobodys, 'deleted a credential in Harbor House'],
])('%s reads: somebody … %#', (eventType, data, sentence) => {
  expect(eventSentence({ eventType, data })).toBe(sentence)
})

test.each(eventTypes)('%s reads as a sentence without any names too', (eventType) => {
  const sentence = eventSentence({ eventType, data: {} })
  expect(sentence).toMatch(
    /^[a-z]+ .*\b(a user identity|an ACS user|an access system|an access group|an entrance|a credential|a member|somebody|the workspace|a webhook)\b/,
  )
  expect(sentence).not.toMatch(/undefined|null/)
})

test('an event of a later version is shown by its type', () => {
  expect(eventSentence({ eventType: 'lock.jammed', data: {} })).toBe('lock.jammed')
})
