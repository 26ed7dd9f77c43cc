import { expect, refusalOf, test, unique } from './support/test'

test('access systems are read and listed', async ({ seam, plain, read }) => {
  const systems = await seam.acs.systems.list()
  expect(systems).toHaveLength(5)
  const { acs_systems } = await read('/acs/systems/list')
  expect(acs_systems).toEqual(systems)
  const brivo = systems.find(({ external_type }) => external_type === 'brivo_account')
  const { acs_system_id = '', connected_account_id = '', image_url = '' } = brivo ?? {}
  expect(await seam.acs.systems.get({ acs_system_id })).toEqual(brivo)
  expect((await read('/acs/systems/get', { acs_system_id })).acs_system).toEqual(brivo)
  expect(await seam.acs.systems.list({ connected_account_id })).toEqual([brivo])
  expect(await seam.acs.systems.list({ customer_key: 'nobody' })).toEqual([])

  const image = await fetch(image_url)
  expect([image.status, image.headers.get('content-type')]).toEqual([200, 'image/svg+xml'])
  const users = await plain('POST', '/acs/users/list', { body: { acs_system_id, limit: 1000 } })
  expect(brivo?.acs_user_count).toBe((users.body.acs_users as unknown[]).length)
})

test('entrances are read, listed and opened to somebody', async ({ seam, read }) => {
  const entrances = await seam.acs.entrances.list({ limit: 1000 })
  const [entrance] = entrances
  if (!entrance) throw new Error('The demo has no entrances')
  const { acs_entrance_id, acs_system_id, display_name } = entrance
  expect(await seam.acs.entrances.get({ acs_entrance_id })).toEqual(entrance)
  expect((await read('/acs/entrances/get', { acs_entrance_id })).acs_entrance).toEqual(entrance)
  const ofSystem = entrances.filter((one) => one.acs_system_id === acs_system_id)
  expect(await seam.acs.entrances.list({ acs_system_id })).toEqual(ofSystem)
  expect(await seam.acs.entrances.list({ acs_entrance_ids: [acs_entrance_id] })).toEqual([entrance])
  expect(await seam.acs.entrances.list({ acs_system_id, search: display_name })).toContainEqual(entrance)
  expect(await seam.acs.entrances.list({ space_id: crypto.randomUUID() })).toEqual([])
  expect(await read('/acs/entrances/list', { acs_entrance_ids: [acs_entrance_id] })).toMatchObject({
    acs_entrances: [entrance],
  })

  const { user_identity_id } = await seam.userIdentities.create({
    full_name: `Guest ${unique()}`,
    acs_system_ids: [acs_system_id],
  })
  const { acs_user_id } = await seam.acs.users.get({ acs_system_id, user_identity_id })
  const { acs_credential_id } = await seam.acs.credentials.create({ access_method: 'mobile_key', acs_user_id })
  const openedBy = async () =>
    (await seam.acs.entrances.listCredentialsWithAccess({ acs_entrance_id })).map((one) => one.acs_credential_id)
  expect(await openedBy()).not.toContain(acs_credential_id)
  await seam.acs.entrances.grantAccess({ acs_entrance_id, user_identity_id })
  await seam.acs.entrances.grantAccess({ acs_entrance_id, acs_user_id })
  expect(await openedBy()).toContain(acs_credential_id)
  await read('/acs/entrances/list_credentials_with_access', { acs_entrance_id })
  expect(await seam.acs.users.listAccessibleEntrances({ acs_user_id })).toEqual([entrance])
  expect(await seam.acs.entrances.list({ acs_credential_id })).toEqual([entrance])
  const granted = await seam.events.list({ acs_entrance_id, acs_user_id, since: '2020-01-01T00:00:00Z' })
  expect(granted.map(({ event_type }) => event_type as string)).toEqual(['acs_user.access_granted'])
})

test('access groups are read, listed, joined and left', async ({ seam, plain, read }) => {
  const groups = await seam.acs.accessGroups.list()
  const [group] = groups
  if (!group) throw new Error('The demo has no access groups')
  const { acs_access_group_id, acs_system_id } = group
  expect(await seam.acs.accessGroups.get({ acs_access_group_id })).toEqual(group)
  expect((await read('/acs/access_groups/get', { acs_access_group_id })).acs_access_group).toEqual(group)
  const ofSystem = groups.filter((one) => one.acs_system_id === acs_system_id)
  expect(await seam.acs.accessGroups.list({ acs_system_id })).toEqual(ofSystem)
  expect((await read('/acs/access_groups/list', { acs_system_id })).acs_access_groups).toEqual(ofSystem)

  const { user_identity_id } = await seam.userIdentities.create({
    full_name: `Member ${unique()}`,
    acs_system_ids: [acs_system_id],
  })
  const { acs_user_id } = await seam.acs.users.get({ acs_system_id, user_identity_id })
  const members = async () =>
    (await seam.acs.accessGroups.listUsers({ acs_access_group_id })).map((one) => one.acs_user_id)
  await seam.acs.accessGroups.addUser({ acs_access_group_id, user_identity_id })
  expect(await members()).toContain(acs_user_id)
  expect(await seam.acs.accessGroups.list({ user_identity_id })).toEqual([group])
  await seam.acs.accessGroups.removeUser({ acs_access_group_id, user_identity_id })
  expect(await members()).not.toContain(acs_user_id)
  await plain('POST', '/acs/access_groups/add_user', { body: { acs_access_group_id, acs_user_id } })
  expect(await members()).toContain(acs_user_id)
  const { acs_users } = await read('/acs/access_groups/list_users', { acs_access_group_id })
  expect(acs_users).toContainEqual(expect.objectContaining({ acs_user_id }))
  await plain('DELETE', '/acs/access_groups/remove_user', { query: { acs_access_group_id, acs_user_id } })
  expect(await members()).not.toContain(acs_user_id)

  const doors = await seam.acs.accessGroups.listAccessibleEntrances({ acs_access_group_id })
  expect(doors.length).toBeGreaterThan(0)
  const { acs_entrances } = await read('/acs/access_groups/list_accessible_entrances', { acs_access_group_id })
  expect(acs_entrances).toEqual(doors)
})

test('an access system is kept by hand: its doors, its groups and what they open', async ({ seam, plain }) => {
  const word = unique()
  const post = async (path: string, body: object) => (await seam.client.post(path, body)).data
  const patch = async (path: string, body: object) => (await plain('PATCH', path, { body })).body
  const given = { name: `Garden House ${word}`, vendor_name: 'Paxton Net2', time_zone: 'Europe/Berlin' }
  const { acs_system: system } = await post('/acs/systems/create', given)
  const { acs_system_id, connected_account_id } = system
  expect(await seam.acs.systems.get({ acs_system_id })).toEqual(system)
  expect(await seam.client.post('/acs/systems/list', { search: word })).toMatchObject({
    data: { acs_systems: [system] },
  })

  const { acs_entrance: gate } = await post('/acs/entrances/create', { acs_system_id, display_name: 'Gate' })
  const { acs_entrance: shed } = await post('/acs/entrances/create', { acs_system_id, display_name: 'Shed' })
  const { acs_access_group: group } = await post('/acs/access_groups/create', {
    acs_system_id,
    name: `Gardeners ${word}`,
    acs_entrance_ids: [gate.acs_entrance_id],
  })
  const { acs_access_group_id } = group
  expect(await seam.acs.accessGroups.listAccessibleEntrances({ acs_access_group_id })).toEqual([gate])
  const found = await plain('GET', '/acs/access_groups/list', { query: { search: word } })
  expect(found.body.acs_access_groups).toEqual([group])

  const acs_entrance_ids = [shed.acs_entrance_id]
  for (const [update, name] of [
    [post, 'Staff'],
    [patch, 'Crew'],
  ] as const) {
    const renamed = await update('/acs/systems/update', { acs_system_id, name: `${name} House ${word}` })
    expect(await seam.acs.systems.get({ acs_system_id })).toEqual(renamed.acs_system)
    const door = await update('/acs/entrances/update', { acs_entrance_id: shed.acs_entrance_id, display_name: name })
    expect(door.acs_entrance).toEqual({ ...shed, display_name: name })
    await update('/acs/access_groups/update', { acs_access_group_id, name, acs_entrance_ids })
    expect(await seam.acs.accessGroups.get({ acs_access_group_id })).toMatchObject({ name })
    expect(await seam.acs.accessGroups.listAccessibleEntrances({ acs_access_group_id })).toEqual([door.acs_entrance])
  }

  const { acs_user_id } = await seam.acs.users.create({
    acs_system_id,
    full_name: `Gardener ${word}`,
    acs_access_group_ids: [acs_access_group_id],
  })
  await seam.acs.accessGroups.delete({ acs_access_group_id })
  const { acs_access_group: another } = await post('/acs/access_groups/create', { acs_system_id, name: 'Another' })
  await plain('DELETE', '/acs/access_groups/delete', { query: { acs_access_group_id: another.acs_access_group_id } })
  await post('/acs/entrances/delete', { acs_entrance_id: gate.acs_entrance_id })
  await plain('DELETE', '/acs/entrances/delete', { query: { acs_entrance_id: shed.acs_entrance_id } })
  expect(await seam.acs.users.listAccessibleEntrances({ acs_user_id })).toEqual([])

  const since = '2020-01-01T00:00:00Z'
  const events = await seam.events.list({ acs_system_id, connected_account_id, since })
  expect(new Set(events.map(({ event_type }) => event_type as string))).toEqual(
    new Set([
      ...[
        'acs_system.added',
        'acs_system.updated',
        'acs_entrance.added',
        'acs_entrance.updated',
        'acs_entrance.removed',
      ],
      ...['acs_access_group.created', 'acs_access_group.updated', 'acs_access_group.deleted'],
      ...['acs_user.created', 'acs_access_group.user_added', 'acs_access_group.user_removed'],
    ]),
  )
  await post('/acs/systems/delete', { acs_system_id })
  const { acs_system: other } = await post('/acs/systems/create', { name: `Shed ${word}` })
  await plain('DELETE', '/acs/systems/delete', { query: { acs_system_id: other.acs_system_id } })
  const deleted = await seam.events.list({ event_type: 'acs_system.deleted' as 'acs_system.added', since })
  expect(deleted).toMatchObject([{ acs_system_id }, { acs_system_id: other.acs_system_id }])
  expect(await refusalOf(seam.acs.users.get({ acs_user_id }))).toMatchObject({ code: 'acs_user_not_found' })
})

test('what a vendor reports is changed in the vendor’s own app', async ({ seam }) => {
  const [entrance] = await seam.acs.entrances.list({ limit: 1 })
  const { acs_entrance_id = '', acs_system_id = '' } = entrance ?? {}
  const [group] = await seam.acs.accessGroups.list({ acs_system_id })
  for (const [path, body] of [
    ['/acs/systems/update', { acs_system_id, name: 'X' }],
    ['/acs/systems/delete', { acs_system_id }],
    ['/acs/entrances/create', { acs_system_id, display_name: 'X' }],
    ['/acs/entrances/update', { acs_entrance_id, display_name: 'X' }],
    ['/acs/entrances/delete', { acs_entrance_id }],
    ['/acs/access_groups/create', { acs_system_id, name: 'X' }],
    ['/acs/access_groups/update', { acs_access_group_id: group?.acs_access_group_id, name: 'X' }],
    ['/acs/access_groups/delete', { acs_access_group_id: group?.acs_access_group_id }],
  ] as const) {
    expect(await refusalOf(seam.client.post(path, body)), path).toMatchObject({
      code: 'acs_system_not_kept_by_hand',
      statusCode: 409,
    })
  }
})

test('another workspace knows nothing of all this', async ({ seam, stranger }) => {
  const [entrance] = await seam.acs.entrances.list({ limit: 1 })
  const [group] = await seam.acs.accessGroups.list()
  const { acs_entrance_id = '', acs_system_id = '' } = entrance ?? {}
  const { acs_access_group_id = '' } = group ?? {}
  const [theirs] = await stranger.acs.users.list({ limit: 1 })
  const { acs_user_id = '' } = theirs ?? {}
  for (const refused of [
    () => stranger.acs.systems.get({ acs_system_id }),
    () => stranger.acs.entrances.get({ acs_entrance_id }),
    () => stranger.acs.entrances.list({ acs_system_id }),
    () => stranger.acs.entrances.grantAccess({ acs_entrance_id, acs_user_id }),
    () => stranger.acs.entrances.listCredentialsWithAccess({ acs_entrance_id }),
    () => stranger.acs.accessGroups.get({ acs_access_group_id }),
    () => stranger.acs.accessGroups.addUser({ acs_access_group_id, acs_user_id }),
    () => stranger.acs.accessGroups.removeUser({ acs_access_group_id, acs_user_id }),
    () => stranger.acs.accessGroups.listUsers({ acs_access_group_id }),
    () => stranger.acs.accessGroups.listAccessibleEntrances({ acs_access_group_id }),
    () => stranger.acs.accessGroups.delete({ acs_access_group_id }),
    () => stranger.client.post('/acs/systems/update', { acs_system_id, name: 'X' }),
    () => stranger.client.post('/acs/systems/delete', { acs_system_id }),
    () => stranger.client.post('/acs/entrances/create', { acs_system_id, display_name: 'X' }),
    () => stranger.client.post('/acs/entrances/update', { acs_entrance_id, display_name: 'X' }),
    () => stranger.client.post('/acs/entrances/delete', { acs_entrance_id }),
    () => stranger.client.post('/acs/access_groups/create', { acs_system_id, name: 'X' }),
    () => stranger.client.post('/acs/access_groups/update', { acs_access_group_id, name: 'X' }),
  ]) {
    expect(await refusalOf(refused())).toMatchObject({ code: expect.stringMatching(/_not_found$/), statusCode: 404 })
  }
})
