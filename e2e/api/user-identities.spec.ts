import { expect, refusalOf, test, unique, unknownId } from './support/test'

test('user identities are created, found by each characteristic, changed and deleted', async ({
  seam,
  plain,
  read,
}) => {
  const word = unique()
  const created = await seam.userIdentities.create({
    user_identity_key: `key-${word}`,
    email_address: `${word}@example.com`,
    phone_number: '+1 415 555 2671',
    full_name: `Ada ${word}`,
  })
  expect(created.phone_number).toBe('+14155552671')
  const { user_identity_id } = created
  for (const reference of [
    { user_identity_id },
    { user_identity_key: `key-${word}` },
    { email_address: `${word.toUpperCase()}@Example.com` },
    { phone_number: '(415) 555-2671' },
  ]) {
    expect((await read('/user_identities/get', reference)).user_identity).toEqual(created)
  }
  expect(await seam.userIdentities.get({ user_identity_key: `key-${word}` })).toEqual(created)

  await seam.userIdentities.update({ user_identity_id, full_name: `Ada L. ${word}`, phone_number: null })
  const changed = { ...created, full_name: `Ada L. ${word}`, display_name: `Ada L. ${word}`, phone_number: null }
  expect(await seam.userIdentities.get({ user_identity_id })).toEqual(changed)
  await plain('POST', '/user_identities/update', { body: { user_identity_id, user_identity_key: `new-${word}` } })
  expect(await seam.userIdentities.get({ user_identity_id })).toEqual({ ...changed, user_identity_key: `new-${word}` })

  await seam.userIdentities.delete({ user_identity_id })
  expect(await refusalOf(seam.userIdentities.get({ user_identity_id }))).toMatchObject({ statusCode: 404 })
  const types = (await seam.events.list({ user_identity_id, since: '2020-01-01T00:00:00Z' })).map(
    ({ event_type }) => event_type as string,
  )
  expect(types).toEqual([
    'user_identity.created',
    'user_identity.updated',
    'user_identity.updated',
    'user_identity.deleted',
  ])
})

test('each way to delete deletes one identity with its ACS users and credentials', async ({ seam, plain }) => {
  const [system] = await seam.acs.systems.list()
  const acs_system_id = system?.acs_system_id ?? ''
  const ways = [
    (user_identity_id: string) => seam.userIdentities.delete({ user_identity_id }),
    (user_identity_id: string) => plain('DELETE', '/user_identities/delete', { query: { user_identity_id } }),
  ]
  for (const remove of ways) {
    const { user_identity_id } = await seam.userIdentities.create({
      email_address: `${unique()}@example.com`,
      acs_system_ids: [acs_system_id],
    })
    const [acsUser] = await seam.userIdentities.listAcsUsers({ user_identity_id })
    const { acs_credential_id } = await seam.acs.credentials.create({
      access_method: 'mobile_key',
      acs_user_id: acsUser?.acs_user_id ?? '',
    })
    await remove(user_identity_id)
    const acsUserId = { acs_user_id: acsUser?.acs_user_id ?? '' }
    expect(await refusalOf(seam.userIdentities.get({ user_identity_id }))).toMatchObject({ statusCode: 404 })
    expect(await refusalOf(seam.acs.users.get(acsUserId))).toMatchObject({ code: 'acs_user_not_found' })
    expect(await refusalOf(seam.acs.credentials.get({ acs_credential_id }))).toMatchObject({
      code: 'acs_credential_not_found',
    })
  }
})

test('with acs_system_ids a person gets ACS users: those that match, else new ones; or nothing happens', async ({
  seam,
}) => {
  const [first, second] = (await seam.acs.systems.list()).map(({ acs_system_id }) => acs_system_id) as [string, string]
  const email_address = `${unique()}@example.com`
  const waiting = await seam.acs.users.create({ acs_system_id: first, full_name: 'Waiting', email_address })
  const created = await seam.userIdentities.create({ email_address, acs_system_ids: [first, second] })
  expect(created.acs_user_ids).toHaveLength(2)
  expect(created.acs_user_ids).toContain(waiting.acs_user_id)
  const systems = await seam.userIdentities.listAcsSystems({ user_identity_id: created.user_identity_id })
  expect(systems.map(({ acs_system_id }) => acs_system_id).sort()).toEqual([first, second].sort())

  const another = `${unique()}@example.com`
  const refused = await refusalOf(
    seam.userIdentities.create({ email_address: another, acs_system_ids: [first, unknownId()] }),
  )
  expect(refused).toMatchObject({ code: 'acs_system_not_found', statusCode: 404 })
  expect(await seam.userIdentities.list({ search: another })).toEqual([])
  expect(await seam.acs.users.list({ search: another })).toEqual([])
})

test('ACS users are added and removed, by id and by key, again without effect', async ({ seam, plain, read }) => {
  const [system] = await seam.acs.systems.list()
  const acs_system_id = system?.acs_system_id ?? ''
  const word = unique()
  const { acs_user_id } = await seam.acs.users.create({
    acs_system_id,
    full_name: `Grace ${word}`,
    email_address: `${word}@example.com`,
  })
  const { user_identity_id } = await seam.userIdentities.create({ full_name: `Grace ${word}` })
  await seam.userIdentities.addAcsUser({ user_identity_id, acs_user_id })
  await plain('POST', '/user_identities/add_acs_user', { body: { user_identity_id, acs_user_id } })
  const { acs_users } = await read('/user_identities/list_acs_users', { user_identity_id })
  expect(acs_users).toMatchObject([{ acs_user_id, user_identity_id }])
  const { acs_systems } = await read('/user_identities/list_acs_systems', { user_identity_id })
  expect(acs_systems).toMatchObject([{ acs_system_id }])

  await seam.userIdentities.removeAcsUser({ user_identity_id, acs_user_id })
  await plain('DELETE', '/user_identities/remove_acs_user', { body: { user_identity_id, acs_user_id } })
  expect(await seam.userIdentities.listAcsUsers({ user_identity_id })).toEqual([])
  const events = await seam.events.list({ acs_user_id, since: '2020-01-01T00:00:00Z' })
  expect(events.map(({ event_type }) => event_type as string)).toEqual([
    'acs_user.created',
    'user_identity.acs_user_added',
    'user_identity.acs_user_removed',
  ])

  await seam.userIdentities.addAcsUser({ user_identity_key: `made-${word}`, acs_user_id })
  expect(await seam.userIdentities.get({ user_identity_key: `made-${word}` })).toMatchObject({
    full_name: `Grace ${word}`,
    email_address: `${word}@example.com`,
    acs_user_ids: [acs_user_id],
  })
})

test('an identity tells of ACS users that have a problem or another profile', async ({ seam }) => {
  const [jane] = await seam.userIdentities.list({ search: 'jane.whitfield@example.com' })
  expect(jane?.errors).toMatchObject([{ error_code: 'issue_with_acs_user' }])
  expect(jane?.acs_user_ids).toContain(jane?.errors[0]?.acs_user_id)

  const [system] = await seam.acs.systems.list()
  const { user_identity_id } = await seam.userIdentities.create({
    full_name: 'One Name',
    acs_system_ids: [system?.acs_system_id ?? ''],
  })
  await seam.userIdentities.update({ user_identity_id, full_name: 'Another Name' })
  const { warnings } = await seam.userIdentities.get({ user_identity_id })
  expect(warnings).toMatchObject([{ warning_code: 'acs_user_profile_does_not_match_user_identity' }])
})

test('the list is filtered by search, ids, age and access system', async ({ seam, read }) => {
  const word = unique()
  const [system] = await seam.acs.systems.list()
  const acs_system_id = system?.acs_system_id ?? ''
  const linked = await seam.userIdentities.create({ full_name: `First ${word}`, acs_system_ids: [acs_system_id] })
  const second = await seam.userIdentities.create({ full_name: `Second ${word}` })
  const ids = (people: readonly { user_identity_id: string }[]) => people.map((one) => one.user_identity_id)
  const both = [linked.user_identity_id, second.user_identity_id]
  expect(ids(await seam.userIdentities.list({ search: word }))).toEqual(both)
  expect(ids(await seam.userIdentities.list({ user_identity_ids: [...both].reverse() }))).toEqual(both)
  expect(ids(await seam.userIdentities.list({ search: word, created_before: new Date(second.created_at) }))).toEqual([
    both[0],
  ])
  const inSystem = { search: word, credential_manager_acs_system_id: acs_system_id }
  expect(ids(await seam.userIdentities.list(inSystem))).toEqual([both[0]])
  expect(await read('/user_identities/list', { search: word })).toMatchObject({
    pagination: { has_next_page: false, next_page_cursor: null, next_page_url: null },
  })
})

test('another workspace knows nothing of all this', async ({ seam, stranger }) => {
  const { user_identity_id } = await seam.userIdentities.create({ full_name: `Private ${unique()}` })
  const theirs = await refusalOf(stranger.userIdentities.get({ user_identity_id }))
  const nobodys = await refusalOf(stranger.userIdentities.get({ user_identity_id: unknownId() }))
  expect(theirs).toMatchObject({ code: 'user_identity_not_found', statusCode: 404 })
  expect((theirs as Error).message).toBe((nobodys as Error).message)
  for (const refused of [
    stranger.userIdentities.update({ user_identity_id, full_name: 'Taken' }),
    stranger.userIdentities.delete({ user_identity_id }),
    stranger.userIdentities.listAcsUsers({ user_identity_id }),
    stranger.userIdentities.listAcsSystems({ user_identity_id }),
  ]) {
    expect(await refusalOf(refused)).toMatchObject({ code: 'user_identity_not_found' })
  }
  expect(await stranger.userIdentities.list({ user_identity_ids: [user_identity_id] })).toEqual([])
})
