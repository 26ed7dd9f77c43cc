import { expect, test } from 'vitest'
import { taskSentence } from './task'

const names = { acs_user_name: 'Ann Bell', acs_system_name: 'Tower A' }
const values = (...fields: string[]) => Object.fromEntries(fields.map((field) => [field, { from: null, to: 'x' }]))
const card = {
  access_method: 'card' as const,
  display_name: 'Card – Ann Bell',
  starts_at: null,
  ends_at: null,
  is_issued: true,
  issued_at: null,
  acs_entrance_ids: [],
}
const revoked = { acs_access_group_ids: [], acs_entrance_ids: [], credential_entrances: [] }

test.each([
  ['acs_user.created', names, 'Add Ann Bell'],
  ['acs_user.created', { ...names, is_restored: true }, 'Add Ann Bell again'],
  ['acs_user.deleted', names, 'Remove Ann Bell'],
  ['acs_user.suspended', names, 'Suspend Ann Bell'],
  ['acs_user.unsuspended', names, 'Lift the suspension of Ann Bell'],
  [
    'acs_user.updated',
    { ...names, changes: values('access_starts_at', 'access_ends_at') },
    'Change the schedule of Ann Bell',
  ],
  ['acs_user.updated', { ...names, changes: values('email_address') }, 'Change the email address of Ann Bell'],
  [
    'acs_user.updated',
    { ...names, changes: { full_name: { from: 'Ann Bel', to: 'Ann Bell' } } },
    'Change the full name of Ann Bel',
  ],
  ['acs_user.updated', names, 'Change the details of Ann Bell'],
  ['acs_user.access_granted', { ...names, acs_entrance_name: 'Garage' }, 'Give Ann Bell access to Garage'],
  ['acs_user.access_granted', { ...names, revoked }, 'Give the credentials of Ann Bell their doors back'],
  ['acs_user.access_revoked', { ...names, acs_entrance_name: 'Garage' }, 'Take access to Garage away from Ann Bell'],
  ['acs_user.access_revoked', { ...names, revoked }, 'Take the doors of the credentials of Ann Bell away'],
  [
    'acs_user.access_revoked',
    { ...names, revoked: { ...revoked, acs_access_group_ids: ['x'] } },
    'Take access to all doors away from Ann Bell',
  ],
  ['acs_access_group.user_added', { ...names, acs_access_group_name: 'Residents' }, 'Put Ann Bell into Residents'],
  ['acs_access_group.user_removed', { ...names, acs_access_group_name: 'Residents' }, 'Take Ann Bell out of Residents'],
  ['acs_credential.issued', { ...names, credential: card }, 'Program a card for Ann Bell'],
  ['acs_credential.deleted', { ...names, credential: card }, 'Take the card away from Ann Bell'],
  ['acs_credential.assigned', names, 'Program a credential for Ann Bell'],
  ['acs_user.suspended', {}, 'Suspend an ACS user'],
])('%s: %o', (eventType, data, sentence) => {
  expect(taskSentence({ eventType, data })).toBe(sentence)
})

test.each([
  ['acs_credential.assigned', names, 'Program card 28731 for Ann Bell'],
  ['acs_credential.unassigned', names, 'Take card 28731 away from Ann Bell'],
  ['acs_credential.updated', { ...names, changes: values('ends_at') }, 'Change the validity of card 28731 of Ann Bell'],
])('a card that is there is named by its number: %s', (eventType, data, sentence) => {
  expect(taskSentence({ eventType, data }, { accessMethod: 'card', cardNumber: '28731' })).toBe(sentence)
})

test('a door code that is there has no number', () => {
  const code = { accessMethod: 'code' as const, cardNumber: null }
  expect(taskSentence({ eventType: 'acs_credential.assigned', data: names }, code)).toBe(
    'Program a door code for Ann Bell',
  )
  const changes = values('code')
  expect(taskSentence({ eventType: 'acs_credential.updated', data: { ...names, changes } }, code)).toBe(
    'Change the door code of Ann Bell',
  )
})
