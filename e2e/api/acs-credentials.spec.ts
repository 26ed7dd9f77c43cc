import type { Seam } from 'seam'
import { expect, refusalOf, test, unique, unknownId } from './support/test'

/** An ACS user of a system that has doors, with the doors. */
async function holder(seam: Seam) {
  const entrances = await seam.acs.entrances.list({ limit: 1000 })
  const acs_system_id = entrances[0]?.acs_system_id ?? ''
  const doors = entrances.filter((entrance) => entrance.acs_system_id === acs_system_id)
  const { user_identity_id } = await seam.userIdentities.create({
    full_name: `Holder ${unique()}`,
    acs_system_ids: [acs_system_id],
  })
  const { acs_user_id } = await seam.acs.users.get({ acs_system_id, user_identity_id })
  const acs_entrance_id = doors[0]?.acs_entrance_id ?? ''
  return { acs_system_id, acs_user_id, user_identity_id, acs_entrance_id }
}

test('credentials of every kind are created, read and listed', async ({ seam, read }) => {
  const { acs_system_id, acs_user_id, user_identity_id, acs_entrance_id } = await holder(seam)
  const starts_at = '2026-01-01T00:00:00.000Z'
  const ends_at = '2036-01-01T00:00:00.000Z'
  const code = await seam.acs.credentials.create({
    access_method: 'code',
    acs_user_id,
    code: '4821',
    starts_at,
    ends_at,
    allowed_acs_entrance_ids: [acs_entrance_id],
  })
  expect(code).toMatchObject({ access_method: 'code', code: '4821', starts_at, ends_at, acs_user_id, user_identity_id })
  const mobile = await seam.acs.credentials.create({ access_method: 'mobile_key', acs_system_id, user_identity_id })
  expect(mobile).toMatchObject({ access_method: 'mobile_key', acs_user_id, is_issued: true })
  const card = await seam.acs.credentials.create({ access_method: 'card', acs_system_id })
  expect(card.acs_user_id).toBeUndefined()

  const { acs_credential_id } = code
  expect((await read('/acs/credentials/get', { acs_credential_id })).acs_credential).toEqual(code)
  expect(await seam.acs.credentials.get({ acs_credential_id })).toEqual(code)
  const ids = (credentials: readonly { acs_credential_id: string }[]) =>
    credentials.map((credential) => credential.acs_credential_id)
  const both = [code.acs_credential_id, mobile.acs_credential_id]
  expect(ids(await seam.acs.credentials.list({ acs_user_id }))).toEqual(both)
  expect(ids(await seam.acs.credentials.list({ acs_user_id, acs_system_id }))).toEqual(both)
  expect(ids(await seam.acs.credentials.list({ user_identity_id }))).toEqual(both)
  expect(ids(await seam.acs.credentials.list({ acs_user_id, created_before: new Date(mobile.created_at) }))).toEqual([
    both[0],
  ])
  expect(await seam.acs.credentials.list({ acs_user_id, is_multi_phone_sync_credential: true })).toEqual([])
  expect(ids(await seam.acs.credentials.list({ search: card.acs_credential_id }))).toEqual([card.acs_credential_id])
  expect(await read('/acs/credentials/list', { acs_user_id })).toMatchObject({ acs_credentials: [code, mobile] })
  expect((await seam.acs.credentials.list()).length).toBeGreaterThan(3)
})

test('a credential opens the entrances it was issued for', async ({ seam, read }) => {
  const { acs_user_id, acs_entrance_id } = await holder(seam)
  const { acs_credential_id } = await seam.acs.credentials.create({
    access_method: 'mobile_key',
    acs_user_id,
    allowed_acs_entrance_ids: [acs_entrance_id],
  })
  const doors = await seam.acs.credentials.listAccessibleEntrances({ acs_credential_id })
  expect(doors.map((door) => door.acs_entrance_id)).toEqual([acs_entrance_id])
  const { acs_entrances } = await read('/acs/credentials/list_accessible_entrances', { acs_credential_id })
  expect(acs_entrances).toEqual(doors)
})

test('a credential is changed, given away and taken back', async ({ seam, plain }) => {
  const { acs_system_id, acs_user_id, user_identity_id } = await holder(seam)
  const created = await seam.acs.credentials.create({ access_method: 'code', code: '1111', acs_system_id })
  const { acs_credential_id } = created
  const ends_at = '2037-01-01T00:00:00.000Z'
  await seam.acs.credentials.update({ acs_credential_id, code: '2222', ends_at })
  expect(await seam.acs.credentials.get({ acs_credential_id })).toEqual({ ...created, code: '2222', ends_at })
  await plain('POST', '/acs/credentials/update', { body: { acs_credential_id, code: '3333' } })
  expect(await seam.acs.credentials.get({ acs_credential_id })).toEqual({ ...created, code: '3333', ends_at })

  await seam.acs.credentials.assign({ acs_credential_id, user_identity_id })
  expect(await seam.acs.credentials.get({ acs_credential_id })).toMatchObject({ acs_user_id, user_identity_id })
  await plain('POST', '/acs/credentials/assign', { body: { acs_credential_id, acs_user_id } })

  const another = await holder(seam)
  const taken = await refusalOf(seam.acs.credentials.assign({ acs_credential_id, acs_user_id: another.acs_user_id }))
  expect(taken).toMatchObject({ code: 'acs_credential_already_assigned', statusCode: 409, data: { acs_user_id } })

  await seam.acs.credentials.unassign({ acs_credential_id, acs_user_id })
  expect((await seam.acs.credentials.get({ acs_credential_id })).acs_user_id).toBeUndefined()
  await plain('POST', '/acs/credentials/unassign', { body: { acs_credential_id, acs_user_id } })
  const events = await seam.events.list({ acs_credential_id, since: '2020-01-01T00:00:00Z' })
  expect(events.map(({ event_type }) => event_type as string)).toEqual([
    'acs_credential.issued',
    'acs_credential.updated',
    'acs_credential.updated',
    'acs_credential.assigned',
    'acs_credential.unassigned',
  ])
  expect(JSON.stringify(events), 'codes stay out of the history').not.toMatch(/1111|2222|3333/)
})

test('each way to delete deletes one credential', async ({ seam, plain }) => {
  const { acs_system_id } = await holder(seam)
  const ways = [
    (acs_credential_id: string) => seam.acs.credentials.delete({ acs_credential_id }),
    (acs_credential_id: string) => plain('DELETE', '/acs/credentials/delete', { query: { acs_credential_id } }),
  ]
  for (const remove of ways) {
    const { acs_credential_id } = await seam.acs.credentials.create({ access_method: 'card', acs_system_id })
    await remove(acs_credential_id)
    expect(await refusalOf(seam.acs.credentials.get({ acs_credential_id }))).toMatchObject({
      code: 'acs_credential_not_found',
      statusCode: 404,
    })
  }
})

test('another workspace knows nothing of all this', async ({ seam, stranger }) => {
  const { acs_user_id, acs_system_id } = await holder(seam)
  const { acs_credential_id } = await seam.acs.credentials.create({ access_method: 'mobile_key', acs_user_id })
  for (const refused of [
    stranger.acs.credentials.get({ acs_credential_id }),
    stranger.acs.credentials.update({ acs_credential_id, ends_at: '2037-01-01T00:00:00Z' }),
    stranger.acs.credentials.assign({ acs_credential_id, acs_user_id }),
    stranger.acs.credentials.unassign({ acs_credential_id, acs_user_id }),
    stranger.acs.credentials.delete({ acs_credential_id }),
    stranger.acs.credentials.listAccessibleEntrances({ acs_credential_id }),
    stranger.acs.credentials.list({ acs_user_id }),
    stranger.acs.credentials.create({ access_method: 'card', acs_system_id }),
    stranger.acs.credentials.get({ acs_credential_id: unknownId() }),
  ]) {
    expect(await refusalOf(refused)).toMatchObject({ code: expect.stringMatching(/_not_found$/), statusCode: 404 })
  }
})
