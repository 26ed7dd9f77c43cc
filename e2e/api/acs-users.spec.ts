import type { Seam } from 'seam'
import { expect, refusalOf, test, unique, unknownId } from './support/test'

/** An access system with doors and groups, and an ACS user in it that is nobody else's. */
async function newcomer(seam: Seam) {
  const [group] = await seam.acs.accessGroups.list()
  if (!group) throw new Error('The demo has no access groups')
  const word = unique()
  const acsUser = await seam.acs.users.create({
    acs_system_id: group.acs_system_id,
    full_name: `Alan ${word}`,
    email_address: `${word}@example.com`,
    phone_number: '+14155550100',
  })
  const { acs_user_id, acs_system_id } = acsUser
  return { word, acsUser, acs_user_id, acs_system_id, acs_access_group_id: group.acs_access_group_id }
}

test('an ACS user is created with all that can be said of it', async ({ seam, read }) => {
  const { acs_system_id, acs_access_group_id } = await newcomer(seam)
  const { user_identity_id } = await seam.userIdentities.create({ full_name: `Holder ${unique()}` })
  const access_schedule = { starts_at: '2026-01-01T00:00:00.000Z', ends_at: '2036-01-01T00:00:00.000Z' }
  const email_address = `${unique()}@example.com`
  const created = await seam.acs.users.create({
    acs_system_id,
    full_name: 'With Everything',
    email_address,
    phone_number: '+14155550199',
    access_schedule,
    acs_access_group_ids: [acs_access_group_id],
    user_identity_id,
  })
  expect(created).toMatchObject({
    full_name: 'With Everything',
    display_name: 'With Everything',
    email: email_address,
    email_address,
    phone_number: '+14155550199',
    access_schedule,
    user_identity_id,
    is_managed: true,
    is_suspended: false,
  })
  const { acs_user_id } = created
  for (const reference of [{ acs_user_id }, { acs_system_id, user_identity_id }, { email_address }]) {
    expect((await read('/acs/users/get', reference)).acs_user).toEqual(created)
  }
  expect(await seam.acs.users.get({ acs_system_id, user_identity_id })).toEqual(created)
  const groups = await seam.acs.accessGroups.list({ acs_user_id })
  expect(groups.map((group) => group.acs_access_group_id)).toEqual([acs_access_group_id])
})

test('a phone number that is not E.164 stands beside, as Seam’s schema has no place for it', async ({ seam }) => {
  const { acs_system_id } = await newcomer(seam)
  const create = (phone_number: string) => seam.acs.users.create({ acs_system_id, full_name: 'Caller', phone_number })
  expect(await create('(415) 555-0123')).toMatchObject({
    phone_number: '+14155550123',
    phone_number_as_written: '(415) 555-0123',
  })
  const internal = await create('555-0123')
  expect(internal).toMatchObject({ phone_number_as_written: '555-0123' })
  expect(internal.phone_number).toBeUndefined()
})

test('an email address of several ACS users needs the access system beside it', async ({ seam, plain }) => {
  const { acs_system_id, acsUser, word } = await newcomer(seam)
  const systems = await seam.acs.systems.list()
  const another = systems.find((system) => system.acs_system_id !== acs_system_id)?.acs_system_id ?? ''
  const email_address = `${word.toUpperCase()}@example.com`
  await seam.acs.users.create({ acs_system_id: another, full_name: 'Same Address', email_address })
  const ambiguous = await plain('GET', '/acs/users/get', { query: { email_address } })
  expect(ambiguous.status).toBe(400)
  expect(ambiguous.body).toMatchObject({
    error: { type: 'invalid_input', message: expect.stringContaining('acs_system_id') },
  })
  const found = await plain('POST', '/acs/users/get', { body: { email_address, acs_system_id } })
  expect(found.body.acs_user).toEqual(acsUser)
})

test('an ACS user is changed; what is left out stays, a schedule of null is lifted', async ({ seam, plain }) => {
  const { acs_user_id, acsUser } = await newcomer(seam)
  await seam.acs.users.update({ acs_user_id, full_name: 'Renamed' })
  expect(await seam.acs.users.get({ acs_user_id })).toEqual({
    ...acsUser,
    full_name: 'Renamed',
    display_name: 'Renamed',
  })
  const access_schedule = { starts_at: '2026-02-01T00:00:00.000Z', ends_at: '2036-02-01T00:00:00.000Z' }
  await plain('POST', '/acs/users/update', { body: { acs_user_id, access_schedule } })
  expect((await seam.acs.users.get({ acs_user_id })).access_schedule).toEqual(access_schedule)
  await seam.acs.users.update({ acs_user_id, access_schedule: null })
  expect((await seam.acs.users.get({ acs_user_id })).access_schedule).toBeUndefined()
})

test('an ACS user is suspended and unsuspended', async ({ seam }) => {
  const { acs_user_id } = await newcomer(seam)
  await seam.acs.users.suspend({ acs_user_id })
  expect(await seam.acs.users.get({ acs_user_id })).toMatchObject({ is_suspended: true })
  await seam.acs.users.suspend({ acs_user_id })
  await seam.acs.users.unsuspend({ acs_user_id })
  expect(await seam.acs.users.get({ acs_user_id })).toMatchObject({ is_suspended: false })
  const events = await seam.events.list({ acs_user_id, since: '2020-01-01T00:00:00Z' })
  expect(events.map(({ event_type }) => event_type as string)).toEqual([
    'acs_user.created',
    'acs_user.suspended',
    'acs_user.unsuspended',
  ])
})

test('access groups open doors until the ACS user leaves them or everything is revoked', async ({
  seam,
  plain,
  read,
}) => {
  const { acs_user_id, acs_access_group_id, acs_system_id } = await newcomer(seam)
  const membership = { acs_user_id, acs_access_group_id }
  const groupDoors = await seam.acs.accessGroups.listAccessibleEntrances({ acs_access_group_id })
  const doorIds = (doors: readonly { acs_entrance_id: string }[]) => doors.map((door) => door.acs_entrance_id)
  const doors = async () => doorIds(await seam.acs.users.listAccessibleEntrances({ acs_user_id }))
  expect(await doors()).toEqual([])

  await seam.acs.users.addToAccessGroup(membership)
  expect(await doors()).toEqual(doorIds(groupDoors))
  const { acs_entrances } = await read('/acs/users/list_accessible_entrances', { acs_user_id })
  expect(acs_entrances).toEqual(groupDoors)
  await seam.acs.users.removeFromAccessGroup(membership)
  expect(await doors()).toEqual([])

  await plain('POST', '/acs/users/add_to_access_group', { body: membership })
  expect(await doors()).toEqual(doorIds(groupDoors))
  await plain('DELETE', '/acs/users/remove_from_access_group', { query: membership })
  expect(await doors()).toEqual([])

  const { user_identity_id } = await seam.userIdentities.create({ full_name: `Revoked ${unique()}` })
  await seam.userIdentities.addAcsUser({ user_identity_id, acs_user_id })
  await seam.acs.users.addToAccessGroup(membership)
  await seam.acs.users.revokeAccessToAllEntrances({ acs_system_id, user_identity_id })
  expect(await doors()).toEqual([])
  expect(await seam.acs.accessGroups.list({ acs_user_id })).toEqual([])
})

test('the list is filtered by access system, person, age and search', async ({ seam, read }) => {
  const { acs_user_id, acs_system_id, acsUser, word } = await newcomer(seam)
  const email_address = `person-${word}@example.com`
  const phone_number = `+1415${2_000_000 + Math.floor(Math.random() * 7_000_000)}`
  const { user_identity_id } = await seam.userIdentities.create({ email_address, phone_number })
  await seam.userIdentities.addAcsUser({ user_identity_id, acs_user_id })
  for (const filter of [
    { user_identity_id },
    { user_identity_email_address: email_address.toUpperCase() },
    { user_identity_phone_number: phone_number },
    { search: word },
    { acs_system_id, search: word },
  ]) {
    expect((await seam.acs.users.list(filter)).map((one) => one.acs_user_id)).toEqual([acs_user_id])
    expect((await read('/acs/users/list', filter)).acs_users).toMatchObject([{ acs_user_id }])
  }
  expect(await seam.acs.users.list({ search: word, created_before: new Date(acsUser.created_at) })).toEqual([])
})

test('each way to delete deletes one ACS user, and leaves its identity', async ({ seam, plain }) => {
  const first = await newcomer(seam)
  await seam.acs.users.delete({ acs_user_id: first.acs_user_id })
  expect(await refusalOf(seam.acs.users.get({ acs_user_id: first.acs_user_id }))).toMatchObject({
    code: 'acs_user_not_found',
  })
  const { acs_user_id, acs_system_id } = await newcomer(seam)
  const { user_identity_id } = await seam.userIdentities.create({ full_name: `Stays ${unique()}` })
  await seam.userIdentities.addAcsUser({ user_identity_id, acs_user_id })
  const removed = await plain('DELETE', '/acs/users/delete', { query: { acs_system_id, user_identity_id } })
  expect(removed.status).toBe(200)
  expect(await refusalOf(seam.acs.users.get({ acs_user_id }))).toMatchObject({ statusCode: 404 })
  expect((await seam.userIdentities.get({ user_identity_id })).acs_user_ids).toEqual([])
})

test('another workspace knows nothing of all this', async ({ seam, stranger }) => {
  const { acs_user_id, acs_access_group_id, acs_system_id } = await newcomer(seam)
  for (const refused of [
    stranger.acs.users.get({ acs_user_id }),
    stranger.acs.users.update({ acs_user_id, full_name: 'Taken' }),
    stranger.acs.users.delete({ acs_user_id }),
    stranger.acs.users.suspend({ acs_user_id }),
    stranger.acs.users.unsuspend({ acs_user_id }),
    stranger.acs.users.listAccessibleEntrances({ acs_user_id }),
    stranger.acs.users.revokeAccessToAllEntrances({ acs_user_id }),
    stranger.acs.users.addToAccessGroup({ acs_user_id, acs_access_group_id }),
    stranger.acs.users.get({ acs_user_id: unknownId() }),
  ]) {
    expect(await refusalOf(refused)).toMatchObject({ code: expect.stringMatching(/_not_found$/), statusCode: 404 })
  }
  const inTheirs = stranger.acs.users.create({ acs_system_id, full_name: 'Intruder' })
  expect(await refusalOf(inTheirs)).toMatchObject({ code: 'acs_system_not_found' })
})
